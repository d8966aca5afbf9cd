"""Pages about incidents: reporting, one's own reports, the queue and the case."""
