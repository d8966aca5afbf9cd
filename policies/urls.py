"""The addresses of the policy library."""

from django.urls import URLPattern, path, register_converter

from policies.converters import PolicyNumber
from policies.views import _reading_stub, questions

register_converter(PolicyNumber, "policy")

app_name = "policies"

urlpatterns: list[URLPattern] = [
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.answer_question, name="answer_question"),
    path("questions/<int:pk>/pass-on/", questions.pass_on, name="pass_on"),
    path("questions/<int:pk>/withdraw/", questions.withdraw_question, name="withdraw_question"),
    path("questions/<int:pk>/publish/", questions.publish_answer, name="publish_answer"),
    path("answers/<int:pk>/withdraw/", questions.withdraw_answer, name="withdraw_answer"),
    path("", _reading_stub.empty, name="library"),
    path("drafts/<int:pk>/", _reading_stub.empty, name="draft"),
    path("<policy:number>/", _reading_stub.empty, name="policy"),
    path("<policy:number>/ask/", questions.ask, name="ask"),
    path("<policy:number>/questions/", questions.answers, name="answers"),
]
