#!/bin/bash
# fetch-engine.sh FOLDER: Debian's Godot 4 and the libraries that it needs, unpacked into FOLDER; FOLDER/godot starts it.
#
# The system stays as it is, and no root is needed: apt works on a root of its own, with the mirror and the keys of
# this machine, and the packages are only unpacked. They are of a newer Debian than the machine's may be, so Godot
# gets the dynamic loader that came with them.
set -euo pipefail

suite=forky
target=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{sources,preferences,lists/partial,cache/archives/partial,debs} "$target"
touch "$work/status"

release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $release" | sort -u | head -n 1)
if [ -z "$mirror" ]; then
  echo "apt has no package lists of $release: run apt-get update" >&2
  exit 1
fi
cat >"$work/sources/engine.sources" <<END
Types: deb
URIs: $mirror
Suites: $suite
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END

# A mirror may lag behind, so lists may be older than they say they hold; they are signed all the same.
cat >"$work/apt.conf" <<END
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$work/sources";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$work/preferences";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Check-Valid-Until "false";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
END
export APT_CONFIG="$work/apt.conf"
apt-get -qq update

# What only a screen or a package's own scripts use is left out.
unused='mesa-|libllvm|libz3-|fonts-|xkb-data|debconf|pci\.ids|x11-common|libx11-data|libc-gconv|sysvinit|initscripts|lsb-|init-'
apt-get -qq -y --print-uris install godot |
  awk '{ split($2, name, "_"); print name[1] }' |
  grep -vE "^($unused)" >"$work/names"
(cd "$work/debs" && xargs apt-get -qq download <"$work/names")
for package in "$work"/debs/*.deb; do dpkg-deb -x "$package" "$target"; done
rm -rf "$target"/{etc,var,usr/share,usr/sbin,usr/lib/systemd}

cat >"$target/godot" <<'END'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
lib=$here/usr/lib/x86_64-linux-gnu
exec "$lib/ld-linux-x86-64.so.2" --library-path "$lib:$lib/pulseaudio" --argv0 "$here/usr/bin/godot" "$here/usr/bin/godot" "$@"
END
chmod +x "$target/godot"
"$target/godot" --version
