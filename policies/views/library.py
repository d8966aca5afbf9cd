"""The library: every policy in force, and words found in all of them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.requests import Signed
from policies import finding, rules, shelf
from policies.forms.library import SearchForm

NOTHING_TO_FIND = "Every policy has these words. Search for words that say more."


@require_GET
def library(request: Signed) -> HttpResponse:
    """The policies in force by number, or what was found."""
    form = _form(request)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    if words and not finding.says_something(words):
        form.add_error("q", NOTHING_TO_FIND)
    if words and not form.errors:
        return _found(request, form, words)
    return _list(request, form)


def _form(request: Signed) -> SearchForm:
    return SearchForm(request.GET, shelves=shelf.shelves())


def _division(form: SearchForm) -> int | None:
    chosen = form.cleaned_data.get("division", "")
    return int(chosen) if chosen else None


def _list(request: Signed, form: SearchForm) -> HttpResponse:
    division = _division(form)
    documents = rules.documents_for(request.user)
    page = shelf.page(documents.filter(division=division) if division else documents, request.GET)
    context = {
        "form": form,
        "page": page,
        "rows": tuple(page.rows),
        "filter_query": f"division={division}" if division else "",
        "writes": rules.sees_drafts(request.user),
    }
    return render(request, "policies/library.html", context, status=422 if form.errors else 200)


def _found(request: Signed, form: SearchForm, words: str) -> HttpResponse:
    typed = request.GET.get("page", "")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 1
    division = _division(form)
    context = {
        "form": form,
        "words": words,
        "found": finding.find(words, page, division=division),
        "division": form.division_name(),
        "all_query": urlencode({"q": words}),
        "page_query": urlencode({"q": words, **({"division": division} if division else {})}),
    }
    return render(request, "policies/found.html", context)
