# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# What takes long to make, kept in the cache: base images, the engines' roots, the registry's store.
# A file's name holds all that decides its content, and appears only when it is whole.

java_image() { say "$cache/jre-$1-$(java_suite "$1")-2.tar"; }
java_suite() { [ "$1" = 17 ] && say bookworm || say trixie; }
engine_root() { say "$cache/root-$1-$2-2.tar"; }
busybox_image() { say "$cache/busybox-2.tar"; }

# The machine's own source of Debian packages.
mirror() {
  local uri
  uri=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
  [ -n "$uri" ] || uri=$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
  [ -n "$uri" ] || fail "this machine's apt sources name no mirror. Add one to /etc/apt/sources.list."
  say "$uri"
}

# debian SUITE PACKAGES FILE
debian() {
  local suite=$1 include=$2 file=$3 options=()
  [ ! -f "$file" ] || return 0
  # A mirror may hold an unstable suite whose index has passed its date.
  [ "$suite" != sid ] || options+=(--aptopt='Acquire::Check-Valid-Until "false"')
  say "lab: making ${file##*/}"
  mmdebstrap --quiet --variant=essential --include="$include" "${options[@]}" \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg "$suite" "$file.part.tar" "$(mirror)" >"$file.log" 2>&1 ||
    fail "${file##*/} cannot be made. See that apt reaches the suite $suite and run it again." "$file.log"
  mv "$file.part.tar" "$file"
}

make_busybox() {
  local file root
  file=$(busybox_image)
  [ ! -f "$file" ] || return 0
  root=$(mktemp -d)
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
  local engines='docker.io,iptables,nftables,ca-certificates'
  make_busybox
  # Two at a time: there are two cores, and half of the work is waiting for the mirror.
  {
    debian trixie openjdk-21-jre-headless,ca-certificates "$(java_image 21)"
    [[ " $1 " != *' 28 '* ]] || debian sid "$engines" "$(engine_root 28 sid)"
  } &
  local other=$!
  debian bookworm openjdk-17-jre-headless,ca-certificates "$(java_image 17)"
  debian trixie openjdk-25-jre-headless,ca-certificates "$(java_image 25)"
  [[ " $1 " != *' 26 '* ]] || debian trixie "$engines" "$(engine_root 26 trixie)"
  wait "$other" || fail "a base could not be made. The lines above say which; mend that and run it again."
}

import_java() { # ENGINE VERSION
  docker_in "$1" image inspect "eclipse-temurin:$2-jre" >/dev/null 2>&1 ||
    docker_in "$1" import -c 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' -c 'ENV LANG=C.UTF-8' \
      -c "ENV JAVA_HOME=/usr/lib/jvm/java-$2-openjdk-amd64" "$(java_image "$2")" "eclipse-temurin:$2-jre" >/dev/null
}

load_images() { # ENGINE
  import_java "$1" 17
  docker_in "$1" image inspect v6-lab/busybox:1 >/dev/null 2>&1 ||
    docker_in "$1" import -c 'ENV PATH=/bin' -c 'CMD ["sh"]' "$(busybox_image)" v6-lab/busybox:1 >/dev/null
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
