"""`make bench`: what the portal costs on this machine, beside a bare Django view in the same run."""
