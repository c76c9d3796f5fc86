# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# Engines: 20 in the machine's own network namespace, the others each in one of their own; beside each a namespace that
# plays the outside. All addresses are of 198.18.0.0/15 (RFC 2544) and 2001:db8::/32 (RFC 3849), which belong to nobody.

socket() { say "$state/$1/docker.sock"; }
namespace() { [ "$1" = 20 ] || say "v6lab-$1"; }
docker_in() { DOCKER_HOST="unix://$(socket "$1")" docker "${@:2}"; }
engine_up() { [ -S "$(socket "$1")" ] && curl -sf -o /dev/null --max-time 5 --unix-socket "$(socket "$1")" http://engine/_ping; }
suite() { case $1 in 26) say trixie ;; 28) say sid ;; esac; }

# What tells the engines' networks apart: the third octet that their ranges begin at.
range() { case $1 in 20) say 0 ;; 20n) say 64 ;; 26) say 128 ;; 28) say 192 ;; esac; }

# The outside's address, where the engine's host has its DNS server.
upstream() { say "2001:db8:9:$(($(range "$1") + 9))::2"; }

inside() { # ENGINE COMMAND...: in the engine's network namespace
  local name
  name=$(namespace "$1")
  shift
  if [ -n "$name" ]; then ip netns exec "$name" "$@"; else "$@"; fi
}

make_outside() { # ENGINE
  local name out=v6lab-out$1 near=v6lab$1 far=v6lab${1}o third link
  third=$(($(range "$1") + 9))
  name=$(namespace "$1")
  ip netns list | grep -qw -- "$out" && return 0
  ip netns add "$out"
  if [ -n "$name" ]; then
    ip netns add "$name"
    ip -n "$name" link set lo up
  fi
  ip link add "$near" type veth peer name "$far" netns "$out"
  [ -z "$name" ] || ip link set "$near" netns "$name"
  # No duplicate address detection: the addresses are ours alone, and nobody wants to wait for it.
  for link in "$near 1" "$far 2"; do
    case $link in
      "$near "*) set -- "$1" ip ${name:+-n "$name"} ;;
      *) set -- "$1" ip -n "$out" ;;
    esac
    "${@:2}" address add "198.19.$third.${link##* }/24" dev "${link% *}"
    "${@:2}" address add "2001:db8:9:$third::${link##* }/64" dev "${link% *}" nodad
    "${@:2}" link set "${link% *}" up
  done
  ip -n "$out" link set lo up
  ip -n "$out" route add default via "198.19.$third.1"
  ip -n "$out" -6 route add default via "2001:db8:9:$third::1"
  if [ -n "$name" ]; then
    ip -n "$name" route add default via "198.19.$third.2"
    ip -n "$name" -6 route add default via "2001:db8:9:$third::2"
  fi
}

start_engine() { # ENGINE
  local engine=$1 third dir=$state/$1 options
  engine_up "$engine" && return 0
  end_engine "$engine"
  make_outside "$engine"
  third=$(range "$engine")
  rm -rf "$dir"
  mkdir -p "$dir" "$cache/data-$engine"
  # As a host in a network of IPv6 alone has it. Tests run a server at that address; without, no name is found.
  say "nameserver $(upstream "$engine")" >"$dir/resolv.conf"
  options=(--bip "198.18.$third.1/24" --default-address-pool "base=198.18.$((third + 16)).0/20,size=24"
    --exec-root "$dir/exec" --pidfile "$dir/docker.pid" -H "unix://$dir/docker.sock")
  case $engine in
    20 | 20n)
      options+=(--experimental --ip6tables --ipv6 --fixed-cidr-v6 "2001:db8:$third::/64" --data-root "$cache/data-$engine")
      [ "$engine" = 20 ] || options+=(--userland-proxy=false)
      start_daemon "$engine" "$here/lab.d/own-namespaces" "$(namespace "$engine")" "$dir/resolv.conf" \
        dockerd "${options[@]}"
      ;;
    26 | 28)
      [ "$engine" = 28 ] || options+=(--experimental --ip6tables)
      unpack_root "$engine"
      start_daemon "$engine" "$here/lab.d/own-namespaces" "$(namespace "$engine")" "$dir/resolv.conf" \
        "$here/lab.d/own-root" "$cache/root-$engine" "$cache/data-$engine" "$dir" dockerd "${options[@]}"
      ;;
  esac
  wait_for 60 eval "engine_up $engine || ! daemon_pid $engine"
  engine_up "$engine" ||
    fail "engine $engine does not start. Run .ci/lab down, mend what its log says and try again." "$state/$engine.log"
}

unpack_root() { # ENGINE
  local tar root=$cache/root-$1
  tar=$(engine_root "$1")
  [ ! -f "$root.from" ] || [ "$(cat "$root.from")" != "${tar##*/}" ] || return 0
  rm -rf "$root" "$root.part"
  mkdir "$root.part"
  tar -C "$root.part" --exclude='./dev/*' -xf "$tar"
  mv "$root.part" "$root"
  say "${tar##*/}" >"$root.from"
}

# Ends the daemon, and what it left alive if it died: containerd, the shims, the containers. The daemons and the shims hold
# the mark in their environment, and a container is the child of a shim.
end_engine() { # ENGINE
  local pids pid mark
  mark=$(daemon_mark "$1")
  stop_daemon "$1"
  [ -n "$mark" ] || return 0
  for _ in $(seq 20); do
    pids=$(grep -lszF "V6_LAB_MARK=$mark" /proc/[0-9]*/environ | cut -d/ -f3 || true)
    [ -n "$pids" ] || return 0
    for pid in $pids; do
      # Children first: the kernel forgets whose they were.
      xargs -r kill -9 2>/dev/null < <(cat "/proc/$pid/task"/*/children 2>/dev/null) || true
      kill -9 "$pid" 2>/dev/null || true
    done
    sleep 0.2
  done
  fail "processes of engine $1 do not end: ${pids//$'\n'/ }. End them and run it again."
}

stop_engine() { # ENGINE
  local name id
  if engine_up "$1"; then
    id=$(docker_in "$1" ps -aq)
    # shellcheck disable=SC2086
    [ -z "$id" ] || docker_in "$1" rm -f $id >/dev/null
    docker_in "$1" network prune -f >/dev/null
  fi
  end_engine "$1"
  name=$(namespace "$1")
  ip link delete "v6lab$1" 2>/dev/null || true
  for id in $name "v6lab-out$1"; do
    ip netns list | grep -qw -- "$id" && ip netns delete "$id"
  done
  return 0
}
