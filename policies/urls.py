"""The addresses of the policy library."""

from django.urls import path, register_converter

from policies.converters import PolicyNumber
from policies.views import coverage, drafts, importing, library, questions, reading

register_converter(PolicyNumber, "policy")

app_name = "policies"

urlpatterns = [
    path("", library.library, name="library"),
    path("new/", drafts.new, name="new"),
    path("import/", importing.import_policy, name="import"),
    path("preview/", drafts.preview, name="preview"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/write/", drafts.edit, name="edit"),
    path("drafts/<int:pk>/return/", drafts.give_back, name="give_back"),
    path("drafts/<int:pk>/remark/", drafts.remark, name="remark"),
    path("drafts/<int:pk>/steps/<slug:name>/", drafts.step, name="step"),
    path("<policy:number>/", reading.policy, name="policy"),
    path("<policy:number>/begin/", drafts.begin, name="begin"),
    path("<policy:number>/owner/", drafts.hand_over, name="hand_over"),
    path("<policy:number>/versions/", reading.history, name="history"),
    path("<policy:number>/versions/<int:version>/", reading.version, name="version"),
    path("<policy:number>/versions/<int:version>/print/", reading.printed, name="printed"),
    path("<policy:number>/compare/", reading.compare, name="compare"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer_question, name="answer_question"),
    path("questions/<int:pk>/pass-on/", questions.pass_on, name="pass_on"),
    path("questions/<int:pk>/withdraw/", questions.withdraw_question, name="withdraw_question"),
    path("questions/<int:pk>/publish/", questions.publish_answer, name="publish_answer"),
    path("answers/<int:pk>/withdraw/", questions.withdraw_answer, name="withdraw_answer"),
    path("<policy:number>/ask/", questions.ask, name="ask"),
    path("<policy:number>/questions/", questions.answers, name="answers"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("coverage.json", coverage.coverage_json, name="coverage_json"),
]
