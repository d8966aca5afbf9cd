"""The addresses of the policy library."""

from django.urls import path, register_converter

from policies.converters import PolicyNumber
from policies.views import coverage

register_converter(PolicyNumber, "policy")

app_name = "policies"

urlpatterns = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("coverage.json", coverage.coverage_json, name="coverage_json"),
]
