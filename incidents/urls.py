"""The addresses of incidents."""

from django.urls import path

from incidents.views import casework, checklist, merging, mine, queue, reassigning, reporting

app_name = "incidents"

urlpatterns = [
    path("", queue.queue_page, name="queue"),
    path("assign/", queue.assign_many, name="assign_many"),
    path("export/", queue.export_list, name="export"),
    path("views/save/", queue.save_view, name="save_view"),
    path("views/<int:pk>/delete/", queue.delete_view, name="delete_view"),
    path("report/", reporting.report, name="report"),
    path("report/save/", reporting.save, name="report_save"),
    path("report/discard/", reporting.discard, name="report_discard"),
    path("report/upload/", reporting.upload, name="report_upload"),
    path("report/remove/", reporting.remove, name="report_remove"),
    path("mine/", mine.my_reports, name="my_reports"),
    path("mine/<str:reference>/", mine.my_report, name="my_report"),
    path("mine/<str:reference>/receipt/", reporting.receipt, name="receipt"),
    path("mine/<str:reference>/reply/", mine.my_reply, name="my_reply"),
    path("reassign/", reassigning.reassign, name="reassign"),
    path("<str:reference>/", casework.case, name="case"),
    path("<str:reference>/take/", casework.take, name="take"),
    path("<str:reference>/assign/", casework.assign, name="assign"),
    path("<str:reference>/severity/", casework.severity, name="severity"),
    path("<str:reference>/tasks/", checklist.settle_task, name="settle_task"),
    path("<str:reference>/tasks/add/", checklist.add_task, name="add_task"),
    path("<str:reference>/tasks/<str:number>/not-needed/", checklist.set_task_aside, name="set_task_aside"),
    path("<str:reference>/details/", casework.details, name="details"),
    path("<str:reference>/people/", casework.name_person, name="name_person"),
    path("<str:reference>/reopen/", casework.reopen, name="reopen"),
    path("<str:reference>/unmask/", casework.unmask, name="unmask"),
    path("<str:reference>/merge/", merging.merge, name="merge"),
    path("<str:reference>/unmerge/", merging.unmerge, name="unmerge"),
    path("<str:reference>/step/<str:name>/", casework.step, name="step"),
    path("<str:reference>/decide/<str:name>/", casework.decide, name="decide"),
    path("<str:reference>/say/thread/", casework.say, {"audience": "thread"}, name="say_thread"),
    path("<str:reference>/say/office/", casework.say, {"audience": "office"}, name="say_office"),
]
