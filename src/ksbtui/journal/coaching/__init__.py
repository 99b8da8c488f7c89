"""Coaching calls, actions, reviews and verification."""
