"""Pictures of every face of ours in its states, for people to look at."""
