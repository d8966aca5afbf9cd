"""What the pages about one policy share: the policy itself."""

from django.http import Http404

from people.requests import Signed
from policies import rules
from policies.models import Document


def document_or_404(request: Signed, number: str) -> Document:
    """The policy of this number that this person may read; else 404."""
    document = rules.documents_for(request.user).filter(number=number).first()
    if document is None:
        raise Http404
    return document
