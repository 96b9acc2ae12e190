"""The project's history in the window: who did what when, and the way back."""
