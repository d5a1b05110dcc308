# Puts one file of the WAL into the folder $archive: durably, and never over another one.
# Runs as the archive_command of Postgres; $archive and $compression are set above.
# Arguments: the file's path, and its name.
#
# Written by bpg, and replaced by it without notice.
#
# Exit codes stay below 126: the server takes those above for signals and ends its archiver.

set -u
umask 077
PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin
source=${1-}
name=${2-}
temporary=

fail() {
  printf 'bpg: cannot archive %s: %s\n' "$name" "$1" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null 2>&1 || fail "the program $1 is not installed where the server runs"
}

# Where sync takes no files it ignores them or refuses them all, the current folder too.
flush() {
  sync "$1" 2>/dev/null && return 0
  if ! sync . 2>/dev/null && sync; then return 0; fi
  fail "$1 could not be written to its disk"
}

unpack() {
  case $1 in
    *.gz) need gzip; gzip -dc < "$1" ;;
    *.zst) need zstd; zstd -dcq < "$1" ;;
    *) cat < "$1" ;;
  esac
}

# A run that was killed may have got as far as this, so the same file again is a success. To be
# durable it may lack what that run did not come to.
leave_if_there() {
  found=
  for suffix in '' .gz .zst; do
    there=$archive/$name$suffix
    [ -e "$there" ] || continue
    need cmp
    unpack "$there" >/dev/null || fail "$there is there already, and damaged"
    unpack "$there" | cmp -s - "$source" ||
      fail "$there is there already with other content; it was left as it is"
    flush "$there"
    found=yes
  done
  [ -n "$found" ] || return 0
  flush "$archive"
  exit 0
}

[ $# -eq 2 ] || fail "this takes a path and a name, and got $# arguments"
case $name in
  '' | .* | *[!0-9A-Za-z.]*) fail "no file of the WAL has such a name" ;;
esac
[ -r "$source" ] || fail "$source cannot be read"
[ -d "$archive" ] || fail "the folder $archive is not there"

case $compression in
  gzip) need gzip; target=$archive/$name.gz ;;
  zstd) need zstd; target=$archive/$name.zst ;;
  *) target=$archive/$name ;;
esac

leave_if_there

trap 'rm -f "$temporary"' EXIT
trap 'exit 1' HUP INT TERM
temporary=$(mktemp "$archive/.writing-XXXXXX") || fail "no file can be made in $archive"

# The lowest levels: they keep up with a server that writes much, and WAL gains little from others.
case $compression in
  gzip) gzip -1 -c < "$source" > "$temporary" ;;
  zstd) zstd -1 -q -c < "$source" > "$temporary" ;;
  *) cat < "$source" > "$temporary" ;;
esac || fail "its copy could not be written to $archive"
flush "$temporary"

# Unlike a rename, a link fails when the name is taken.
if ! ln "$temporary" "$target" 2>/dev/null; then
  leave_if_there
  ln "$temporary" "$target" || fail "$target could not be made"
fi
flush "$archive"
