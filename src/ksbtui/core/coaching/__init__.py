"""Coaching calls, actions and progress reviews."""
