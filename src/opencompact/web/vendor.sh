#!/bin/sh
# Takes the styles and the font from their npm packages into static/vendored/. Run it after raising a version in package.json; commit what it writes.
set -eu
web=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$web/../../.." && pwd)
out="$web/static/vendored"
font="$root/node_modules/@fontsource-variable/atkinson-hyperlegible-next"

cd "$root"
npm ci --ignore-scripts
rm -rf "$out"
mkdir -p "$out"
npx sass --load-path=node_modules --style=compressed --no-source-map "$web/styles/vendored.scss" "$out/govuk-frontend.css"
for part in latin latin-ext; do
  cp "$font/files/atkinson-hyperlegible-next-$part-wght-normal.woff2" "$out/"
done
cp "$font/LICENSE" "$out/LICENSE-atkinson-hyperlegible-next.txt"
cp "$web/styles/LICENSE-govuk-frontend.txt" "$out/"

# The typeface, the crown and the crest are licensed for gov.uk alone: refuse a build that mentions them.
if grep -Eqi 'GDS Transport|crest|crown|url\(' "$out/govuk-frontend.css"; then
  echo "vendor.sh: govuk-frontend.css mentions the brand of gov.uk; take the component out of styles/vendored.scss" >&2
  exit 1
fi
