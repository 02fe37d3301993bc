"""The bodies and people of the invented office: the sample country's bodies, an account for each role, and a second factor each may use."""
