"""A decision read as a draft: its facts, its promises with figures, the tasks of its annex."""
