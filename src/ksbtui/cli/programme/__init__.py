"""Commands on enrolments, standards and the demo."""
