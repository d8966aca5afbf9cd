"""The addresses of the policy library."""

from django.urls import URLPattern, register_converter

from policies.converters import PolicyNumber

register_converter(PolicyNumber, "policy")

app_name = "policies"

urlpatterns: list[URLPattern] = []
