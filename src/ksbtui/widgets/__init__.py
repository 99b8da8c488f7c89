"""What a page is drawn with: each widget takes plain values and posts messages."""
