# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# What takes long to make, kept in the cache: base images, the engines' roots, the registry's store.
# A file's name holds all that decides its content, and appears only when it is whole.

java_image() { kept "jre-$1" "$(java_suite "$1")" "$(java_packages "$1")"; }
java_suite() { case $1 in 17) say bookworm ;; *) say trixie ;; esac; }
java_packages() { say "openjdk-$1-jre-headless,ca-certificates"; }
engine_root() { kept "root-$1" "$(suite "$1")" "$engine_packages"; }
engine_packages=docker.io,iptables,nftables,ca-certificates
busybox_image() { say "$cache/busybox-2.tar"; }
# kept NAME SUITE PACKAGES: the number in front stands for how debian() makes it; raise it with that.
kept() { say "$cache/$1-$2-$(say "2 $3" | sha256sum | cut -c 1-8).tar"; }

# The machine's own source of Debian packages.
mirror() {
  local uri release
  release=$(. /etc/os-release && say "$VERSION_CODENAME")
  # That of the release itself: neither its updates nor what else this machine installs from.
  uri=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null |
    awk -v RS= -v r="$release" '{ $0 = "\n" $0 "\n" }
      $0 ~ "\nSuites:( .*)? " r "( |\n)" && match($0, /\nURIs: *[^ \n]+/) {
      print substr($0, RSTART + 7, RLENGTH - 7); exit }')
  [ -n "$uri" ] || uri=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
    sed -n "s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) $release .*/\2/p" | head -n 1)
  [ -n "$uri" ] || fail "this machine's apt sources name no mirror. Add one to /etc/apt/sources.list."
  say "$uri"
}

# debian SUITE PACKAGES FILE
debian() {
  local suite=$1 include=$2 file=$3 from options=()
  [ ! -f "$file" ] || return 0
  from=$(mirror) || exit 1
  # A mirror may hold an unstable suite whose index has passed its date.
  [ "$suite" != sid ] || options+=(--aptopt='Acquire::Check-Valid-Until "false"')
  say "lab: making ${file##*/}"
  mmdebstrap --quiet --variant=essential --include="$include" "${options[@]}" \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$file.part.tar" "$from" >"$file.log" 2>&1 ||
    fail "${file##*/} cannot be made. See that apt reaches the suite $suite and run it again." "$file.log"
  mv "$file.part.tar" "$file"
  # What it replaces is of no more use.
  find "$cache" -maxdepth 1 -name "$(basename "${file%-*}")-*.tar*" ! -name "${file##*/}*" -delete
}

make_busybox() {
  local file root
  file=$(busybox_image)
  [ ! -f "$file" ] || return 0
  root=$file.root
  rm -rf "$root"
  mkdir -p "$root"/bin "$root"/www "$root"/tmp "$root"/etc
  cp /bin/busybox "$root/bin/busybox"
  /bin/busybox --list | while read -r applet; do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  say hello >"$root/www/index.html"
  tar -C "$root" -cf "$file.part" . && mv "$file.part" "$file"
  rm -rf "$root"
}

make_images() {
  local one other bad=0
  make_busybox
  # Two at a time: there are two cores, and half of the work is waiting for the mirror. Both are jobs, so that neither
  # goes on alone, with the lock, when the other fails.
  {
    make_java 21
    [[ " $1 " != *' 28 '* ]] || make_engine_root 28
  } &
  other=$!
  {
    make_java 17
    make_java 25
    [[ " $1 " != *' 26 '* ]] || make_engine_root 26
  } &
  one=$!
  wait "$one" || bad=1
  wait "$other" || bad=1
  [ "$bad" = 0 ] || fail "a base could not be made. The lines above say which; mend that and run it again."
}

make_java() { debian "$(java_suite "$1")" "$(java_packages "$1")" "$(java_image "$1")"; }
make_engine_root() { debian "$(suite "$1")" "$engine_packages" "$(engine_root "$1")"; }

import_file() { # ENGINE FILE IMAGE OPTIONS...: unless the image is there and came from that very file
  local had
  had=$(docker_in "$1" image inspect -f '{{.Comment}}' "$3" 2>/dev/null || true)
  [ "$had" = "${2##*/}" ] || docker_in "$1" import -m "${2##*/}" "${@:4}" "$2" "$3" >/dev/null
}

import_java() { # ENGINE VERSION
  import_file "$1" "$(java_image "$2")" "eclipse-temurin:$2-jre" -c 'ENV LANG=C.UTF-8' \
    -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    -c "ENV JAVA_HOME=/usr/lib/jvm/java-$2-openjdk-$(dpkg --print-architecture)"
}

load_images() { # ENGINE
  import_java "$1" 17
  [ "$1" = 20n ] || import_java "$1" 25
  import_file "$1" "$(busybox_image)" v6-lab/busybox:1 -c 'ENV PATH=/bin' -c 'CMD ["sh"]'
}

registry_up() { curl -s -o /dev/null --max-time 2 http://localhost:5000/v2/; }

start_registry() {
  registry_up && return 0
  cat >"$state/registry.yml" <<EOT
version: 0.1
storage: { filesystem: { rootdirectory: $cache/registry } }
http: { addr: "localhost:5000" }
EOT
  start_daemon registry docker-registry serve "$state/registry.yml"
  wait_for 20 registry_up || fail "the registry does not start. Free port 5000 and run it again." "$state/registry.log"
}

fill_registry() {
  local version file mark
  mkdir -p "$state/config/google-cloud-tools-java/jib" "$cache/registry"
  printf '{"disableUpdateCheck":true,"registryMirrors":[{"registry":"registry-1.docker.io","mirrors":["localhost:5000"]}]}\n' \
    >"$state/config/google-cloud-tools-java/jib/config.json"
  for version in 17 21 25; do
    file=$(java_image "$version")
    mark=$cache/registry/${file##*/}.pushed
    [ ! -f "$mark" ] || continue
    import_java 20 "$version"
    docker_in 20 tag "eclipse-temurin:$version-jre" "localhost:5000/library/eclipse-temurin:$version-jre"
    docker_in 20 push -q "localhost:5000/library/eclipse-temurin:$version-jre" >"$state/push.log" 2>&1 ||
      fail "the registry takes no image. Run .ci/lab down and up again." "$state/push.log"
    touch "$mark"
  done
}
