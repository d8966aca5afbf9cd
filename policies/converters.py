"""How a policy's number stands in an address."""


class PolicyNumber:
    """As policies are numbered: capitals, digits, points and hyphens, with a digit among them; never a page's name."""

    regex = r"(?=[A-Z.-]*[0-9])[0-9A-Z][0-9A-Z.-]{0,19}"

    def to_python(self, value: str) -> str:
        """The number as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The number as it stands."""
        return value
