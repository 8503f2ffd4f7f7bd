"""Check proofs.jsonl against the articles: python verify.py proofs.jsonl articles/

Each line of the file is a statement. Its words must stand in the article at their offsets, the article must be the one
that was recorded, and the line must be as it was published. Exit code 0 if all of this holds, else 1.
"""

import json
import re
import sys
from hashlib import sha256
from pathlib import Path

proofs, folder = map(Path, sys.argv[1:3])
bodies: dict[str, str | None] = {}
problems, count = [], 0
for count, line in enumerate(proofs.read_text(encoding="utf-8").removesuffix("\n").split("\n"), start=1):
    proof = json.loads(line)
    digest = proof.pop("digest")
    if sha256(json.dumps(proof, ensure_ascii=False, sort_keys=True).encode()).hexdigest() != digest:
        problems.append(f"line {count}: {proof['statement']} is not as it was published")
    for cited in proof["citations"]:
        article = cited["article"]
        if article not in bodies:
            file = folder / f"{article}.md"
            text = file.read_bytes().decode("utf-8-sig") if file.is_file() else None
            if text is None:
                problems.append(f"{file} is missing")
            else:  # the body begins behind the second line of dashes
                _, end = list(re.finditer(r"^-{3,}\s*?$", text, re.MULTILINE))[:2]
                text = text[text.find("\n", end.start()) + 1 :]
            if text is not None and sha256(text.encode()).hexdigest() != cited["sha256"]:
                problems.append(f"{file} is not as it was recorded")
            bodies[article] = text
        if (body := bodies[article]) is not None and body[cited["start"] : cited["end"]] != cited["words"]:
            problems.append(f"line {count}: the words of {proof['statement']} are not in {article}")
print(*problems, f"{count} statements, {len(problems)} problems", sep="\n")
sys.exit(bool(problems))
