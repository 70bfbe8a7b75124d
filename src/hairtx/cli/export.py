from __future__ import annotations

from hairtx.cli.compare import comparing

HELP = """Write a comparison as a document: Markdown, unless -o FILE or --format says otherwise.

A file that is already there is replaced only when the new one is whole.

\b
Examples:
  hairtx export prp microneedling
  hairtx export prp microneedling -o options.md
  hairtx export prp microneedling topical-minoxidil -o options.html
  hairtx export prp microneedling topical-minoxidil -o options.pdf
  hairtx export topical-minoxidil oral-finasteride --full -o options.csv
"""

command = comparing("markdown")
