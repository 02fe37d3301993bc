"""People who sign in, what each role may do and see, and dated appointments."""
