"""Django's PostgreSQL, with connections that are kept for long and asked the same things all day."""
