"""The floor for ``ksbtui log``: parse two arguments and insert one row, nothing else."""

import argparse
import sqlite3

parser = argparse.ArgumentParser()
parser.add_argument("path")
parser.add_argument("title")
parser.add_argument("-t", "--time", type=int, default=60)
given = parser.parse_args()
connection = sqlite3.connect(given.path)
connection.execute("CREATE TABLE IF NOT EXISTS entry (title TEXT, minutes INTEGER)")
with connection:
    connection.execute("INSERT INTO entry VALUES (?, ?)", (given.title, given.time))
connection.close()
