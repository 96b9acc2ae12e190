"""The review: the queue of what annotators differ about, one card at a time, and what came of everybody's marks."""
