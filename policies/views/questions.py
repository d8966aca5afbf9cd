"""Asking about a clause, answering, passing on, and publishing answers without names."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit import trail
from people import pace
from people.keyset import page_of
from people.requests import Signed
from policies import inquiries, lifecycle, manuscript, rules
from policies.forms.questions import AnswerForm, AskForm, PublishForm
from policies.manuscript import Part
from policies.models import Document, Question, Version
from policies.operations import asking
from policies.operations.asking import Place
from policies.parameters import ANSWER_DAYS
from policies.views.one_policy import document_or_404
from workflow import clock
from workflow.decisions import Refused, require
from workflow.doors import row_or_404
from workflow.refusals import note

QUESTIONS_AN_HOUR, MOST_BESIDE = 20, 10
TOO_MANY = "You sent many questions in the last hour, so this one has to wait. It is kept here; send it again later."


@require_http_methods(["GET", "POST"])
def ask(request: Signed, number: str) -> HttpResponse:
    """Ask about a clause of what is in force, or about all of it; the page says first who gets the question."""
    document, version = _in_force(request, number)
    clause = manuscript.find(version.body, request.GET.get("clause", "")) if request.GET.get("clause") else None
    found = inquiries.recipients(document, request.user)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, recipients=found, back=_clause_url(number, clause))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if pace.within("ask", request.user.pk, limit=QUESTIONS_AN_HOUR, seconds=3600):
            return _sent(request, form, version, clause)
        form.add_error(None, TOO_MANY)
        status = 429
    answers = inquiries.answers_of(document, request.user, anchor=clause.anchor if clause else "")
    context = {
        "document": document,
        "clause": clause,
        "recipients": found,
        "answers": answers[:MOST_BESIDE],
        "days": ANSWER_DAYS.value(),
        "form": form,
    }
    return render(request, "policies/ask.html", context, status=status)


@require_GET
def questions(request: Signed) -> HttpResponse:
    """The questions that wait for this person, those they asked, and those of their policies fit to publish."""
    mine = page_of(inquiries.asked_by(request.user), request.GET, order=("asked_at", "pk"), newest_first=True)
    context = {
        "waiting": inquiries.waiting_for(request.user)[: inquiries.MOST],
        "page": mine,
        "to_publish": inquiries.to_publish(request.user)[: inquiries.MOST],
    }
    return render(request, "policies/questions.html", context)


@require_GET
def question(request: Signed, pk: int) -> HttpResponse:
    """One question, as whoever asked it or has or had it sees it."""
    return _show(request, _row(request, pk), None)


@require_POST
def answer_question(request: Signed, pk: int) -> HttpResponse:
    """Answer; where it is too late, what was written is shown with the reason, so that it can be copied."""
    asked = _row(request, pk)
    form = _answer_form(asked, request)
    try:
        require(lifecycle.ANSWER.check(request.user, asked), action="question.answer", record=asked)
        if not form.is_valid():
            return _show(request, asked, form, status=422)
        asking.answer(asked, actor=request.user, body=form.cleaned_data["body"])
    except Refused as refused:
        if not refused.denied.conflict:
            raise
        note(refused.denied)
        return _too_late(request, pk, refused)
    messages.success(request, f"Your answer was sent to {asked.asked_by}.")
    return redirect("policies:question", pk=pk)


@require_POST
def pass_on(request: Signed, pk: int) -> HttpResponse:
    """Hand a question to the next person."""
    given = asking.pass_on(_row(request, pk), actor=request.user)
    messages.success(request, f"{given.holder} has the question now.")
    return redirect("policies:question", pk=pk)


@require_POST
def withdraw_question(request: Signed, pk: int) -> HttpResponse:
    """Take one's own question back."""
    asking.withdraw(_row(request, pk), actor=request.user)
    messages.success(request, "Your question was taken back.")
    return redirect("policies:question", pk=pk)


@require_http_methods(["GET", "POST"])
def publish_answer(request: Signed, pk: int) -> HttpResponse:
    """Reword question and answer for everyone, and put them beside the policy."""
    answered = _row(request, pk)
    require(rules.may_publish_answer(request.user, answered), action="question.publish", record=answered)
    sent = request.POST if request.method == "POST" else None
    form = PublishForm(sent, question=answered, back=reverse("policies:question", args=[pk]))
    if form.is_valid():
        asking.publish_answer(answered, actor=request.user, **form.cleaned_data)
        messages.success(request, "Question and answer stand beside the policy now, for everyone.")
        return redirect("policies:answers", number=answered.document.number)
    status = 422 if form.is_bound else 200
    return render(request, "policies/publish_answer.html", {"question": answered, "form": form}, status=status)


@require_GET
def answers(request: Signed, number: str) -> HttpResponse:
    """What was asked and answered about a policy, by clause."""
    document = document_or_404(request, number)
    version = rules.in_force_on(document, clock.today())
    shown = inquiries.answers_of(document, request.user)
    page = page_of(shown, request.GET, order=("published_at", "pk"), newest_first=True)
    context = {
        "document": document,
        "groups": inquiries.grouped(page.rows, version.body if version else ""),
        "page": page,
        "may_withdraw": document.owner_id == request.user.pk,
    }
    return render(request, "policies/answers.html", context)


@require_POST
def withdraw_answer(request: Signed, pk: int) -> HttpResponse:
    """Take a published answer out again."""
    published = row_or_404(rules.answers_within_reach(request.user), actor=request.user, pk=pk)
    asking.withdraw_answer(published, actor=request.user)
    messages.success(request, "Nobody sees this answer beside the policy any more.")
    return redirect("policies:answers", number=published.document.number)


def _in_force(request: Signed, number: str) -> tuple[Document, Version]:
    document = document_or_404(request, number)
    version = rules.in_force_on(document, clock.today())
    if version is None:
        raise Http404
    return document, version


def _clause_url(number: str, clause: Part | None) -> str:
    return reverse("policies:policy", args=[number]) + (f"#c-{clause.anchor}" if clause else "")


def _sent(request: Signed, form: AskForm, version: Version, clause: Part | None) -> HttpResponse:
    place = Place(version, clause.anchor, clause.citation) if clause else Place(version)
    said = form.cleaned_data
    asked = asking.ask(
        place,
        actor=request.user,
        body=said["body"],
        concerns_supervisor=said.get("concerns", False),
        submission=said["submission"],
    )
    messages.success(request, "Your question was sent. You are told as soon as there is an answer.")
    return redirect("policies:question", pk=asked.pk)


def _row(request: Signed, pk: int) -> Question:
    return row_or_404(rules.questions_for(request.user), actor=request.user, pk=pk)


def _answer_form(asked: Question, request: Signed | None = None) -> AnswerForm:
    action = reverse("policies:answer_question", args=[asked.pk])
    return AnswerForm(request.POST if request else None, action=action)


def _too_late(request: Signed, pk: int, refused: Refused) -> HttpResponse:
    """The question as it stands now, why the answer was not taken, and what was written."""
    asked = _row(request, pk)
    trail.refused(refused.action, actor=request.user, record=asked, **refused.denied.facts)
    written = request.POST.get("body", "")
    return _show(request, asked, None, status=409, too_late=str(refused), written=written)


def _show(
    request: Signed,
    asked: Question,
    form: AnswerForm | None,
    *,
    status: int = 200,
    too_late: str = "",
    written: str = "",
) -> HttpResponse:
    context = inquiries.page(asked, request.user)
    context |= {"form": form or _answer_form(asked), "too_late": too_late, "written": written}
    return render(request, "policies/question.html", context, status=status)
