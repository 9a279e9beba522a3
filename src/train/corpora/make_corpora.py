#!/usr/bin/env python3
"""Makes the corpora for `proofmark train` from their public originals (train and dev parts only).

usage: make_corpora.py OUT --polnear GIT-DIR --claimbuster FOLDER --policlaim FOLDER
  polnear      a git directory of networkdynamics/PolNeAR 1.0 (data/{train,dev}/{text,attributions})
  claimbuster  crowdsourced.csv of the Zenodo record 3609356 (columns Sentence_id, Text, Verdict, File_id)
  policlaim    the folder of the AFaCTA repository with PoliClaim_train_golden__*.xlsx and PoliClaim_train_silver*.xlsx
Articles with several annotators take the first file by name. Splits are by document, never by sentence."""
import argparse, collections, csv, glob, json, os, re, subprocess

def write(out, name, rows):
    with open(os.path.join(out, name + ".jsonl"), "w", encoding="utf8") as f:
        for r in rows: f.write(json.dumps(r, ensure_ascii=False) + "\n")
    print(name, len(rows))

def clean(s): return re.sub(r"\s+", " ", str(s)).strip()

def polnear(git, out, without):
    run = lambda *a: subprocess.run(["git", "--git-dir", git, *a], capture_output=True, check=True).stdout
    blobs = {p.strip('"'): m.split()[2] for m, p in (l.split("\t", 1) for l in run("ls-tree", "-r", "HEAD", "data").decode().splitlines())}
    cat = lambda p: run("cat-file", "blob", blobs[p]).decode("utf8")
    for split in ("train", "dev"):
        rows = []
        anns = [p for p in blobs if p.startswith(f"data/{split}/attributions/")]
        for p in sorted(p for p in blobs if p.startswith(f"data/{split}/text/")):
            stem = os.path.basename(p)[:-4]; text = cat(p)
            mine = sorted(a for a in anns if os.path.basename(a).startswith(stem + "_"))
            if not text or not mine or not cat(mine[0]) or (split == "train" and text in without): continue
            spans, events = {}, []
            for line in cat(mine[0]).split("\n"):
                part = line.rstrip("\r").split("\t")
                if part[0].startswith("T") and len(part) > 1: spans[part[0]] = [list(map(int, s.split())) for s in part[1].split(" ", 1)[1].split(";")]
                elif part[0].startswith("E") and len(part) > 1:
                    e = collections.defaultdict(list)
                    for role in part[1].split(): k, v = role.split(":"); e[re.sub(r"\d+$", "", k).lower()].append(v)
                    events.append(e)
            rows.append({"id": stem, "publisher": stem.split("_")[0], "text": text,
                         "attributions": [{k: sorted(s for t in e.get(k, []) for s in spans[t]) for k in ("source", "cue", "content")} for e in events]})
        write(out, f"polnear_{split}", rows)

def claimbuster(folder, out):
    name = {"-1": "NFS", "0": "UFS", "1": "CFS"}
    rows = [dict(id="cb" + r["Sentence_id"], text=clean(r["Text"]), label=name[r["Verdict"]], context=dict(doc=r["File_id"], line=int(r["Line_number"]), speaker=r["Speaker"], party=r["Speaker_party"]))
            for r in csv.DictReader(open(os.path.join(folder, "crowdsourced.csv"), encoding="utf-8", errors="replace"))]
    write(out, "claimbuster3_train", [r for r in rows if not r["context"]["doc"].startswith("2012")])
    write(out, "claimbuster3_dev", [r for r in rows if r["context"]["doc"].startswith("2012")])

def policlaim(folder, out):
    import pandas
    def context(rows):
        for i, r in enumerate(rows):
            if i: r["context"]["prev"] = rows[i - 1]["text"]
            if i + 1 < len(rows): r["context"]["next"] = rows[i + 1]["text"]
        return rows
    gold, silver = {}, []
    for f in sorted(glob.glob(os.path.join(folder, "PoliClaim_train_golden__*"))):
        doc = re.search(r"__([A-Z]{2}\d{4})_", f)[1]
        gold[doc] = context([dict(id=f"{doc}:{i}", text=clean(r["SENTENCES"]), label=int(r["golden"]), context=dict(doc=doc)) for i, r in pandas.read_excel(f).iterrows()])
    dev = ("AL2003", "IN2011")
    write(out, "policlaim_train", [r for d, rows in gold.items() if d not in dev for r in rows]); write(out, "policlaim_dev", [r for d in dev for r in gold.get(d, [])])
    for f in sorted(glob.glob(os.path.join(folder, "PoliClaim_train_silver*"))):
        doc = re.search(r"bronze__([A-Z]{2}\d{4})_", f)[1]
        silver += context([dict(id=f"{doc}:{i}", text=clean(r["SENTENCES"]), label=int(float(r["likelihood"]) > 1.5), context=dict(doc=doc, likelihood=float(r["likelihood"]), tier="silver" if float(r["likelihood"]) in (0., 3.) else "bronze"))
                           for i, r in pandas.read_excel(f).iterrows()])
    write(out, "policlaim_silver_train", silver)

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out"); a.add_argument("--polnear"); a.add_argument("--claimbuster"); a.add_argument("--policlaim")
a.add_argument("--without", nargs="*", default=[], metavar="MARKED.jsonl", help="leave the articles of these files out of PolNeAR: nobody is measured on what was learned")
a = a.parse_args()
os.makedirs(a.out, exist_ok=True)
without = {json.loads(line)["text"] for file in a.without for line in open(file, encoding="utf-8")}
if a.polnear: polnear(a.polnear, a.out, without)
if a.claimbuster: claimbuster(a.claimbuster, a.out)
if a.policlaim: policlaim(a.policlaim, a.out)
