#!/usr/bin/env bash
# Remakes the example's Office and PDF files from their sources, with pandoc and LibreOffice.
#   samples/make.sh                 all of source/
#   samples/make.sh FILE...         only these sources
# A source is named after what it becomes: "X.docx.md" → X.docx, "X.odt.md" → X.odt, "X.pdf.md" → X.pdf, "X.xlsx.csv" → X.xlsx;
# "X.SUFFIX.html" goes through LibreOffice alone. Other sources (.eml, .html, .txt) are copied. Sub-folders are kept.
# Passage identities in gold.jsonl follow the bytes of the files: after a remake, code again what changed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
src=$here/source out=$here/send-ap-plan/submissions
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
convert() { soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$2" "$3" >/dev/null 2>&1; }
[ $# -gt 0 ] || { mapfile -d '' files < <(find "$src" -type f -not -name '*.py' -not -name '*.note' -print0 | sort -z); set -- "${files[@]}"; }
for f in "$@"; do
  f=$(realpath "$f"); rel=${f#"$src"/}; dir=$out/$(dirname "$rel"); base=$(basename "$rel"); mkdir -p "$dir"
  case $base in
    *.docx.md|*.odt.md|*.pdf.md)
      name=${base%.md}; ext=${name##*.}; stem=${name%.*}
      pandoc "$f" -f markdown -t odt -o "$work/$stem.odt"
      case $ext in odt) convert odt:writer8 "$dir" "$work/$stem.odt";; docx) convert docx:"MS Word 2007 XML" "$dir" "$work/$stem.odt";; pdf) convert pdf "$dir" "$work/$stem.odt";; esac ;;
    *.docx.html|*.odt.html|*.pdf.html)
      name=${base%.html}; ext=${name##*.}; stem=${name%.*}; cp "$f" "$work/$stem.html"
      case $ext in odt) convert odt:writer8 "$dir" "$work/$stem.html";; docx) convert docx:"MS Word 2007 XML" "$dir" "$work/$stem.html";; pdf) convert pdf:writer_web_pdf_Export "$dir" "$work/$stem.html";; esac ;;
    *.xlsx.csv) stem=${base%.xlsx.csv}; cp "$f" "$work/$stem.csv"
      soffice "-env:UserInstallation=file://$work/profile" --headless "--infilter=CSV:44,34,76,1,,0,false,true,false" --convert-to xlsx:"Calc MS Excel 2007 XML" --outdir "$dir" "$work/$stem.csv" >/dev/null 2>&1 ;;
    *) cp "$f" "$dir/$base" ;;
  esac
  echo "made $rel"
done
