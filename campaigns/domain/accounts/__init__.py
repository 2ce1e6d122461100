"""People who sign in, the organizations they work for, and what each may do where."""
