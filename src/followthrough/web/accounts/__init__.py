"""Who is signed in, and what they may do and see: people, roles, the policy, sessions and second factors."""
