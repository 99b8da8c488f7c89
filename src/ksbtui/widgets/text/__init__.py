"""Styled lines, and widgets that show them."""
