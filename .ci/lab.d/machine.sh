# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2154
# The machine itself: packages, daemons by pid, and what its own network was like before.

packages='docker.io iptables nftables mmdebstrap docker-registry busybox-static iproute2 procps curl ca-certificates
  dnsmasq-base unbound bind9'

install_packages() {
  local package missing=()
  for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "lab: installing ${missing[*]}"
  local log=$cache/apt.log policy=/usr/sbin/policy-rc.d
  # Debian starts what it installs; the lab wants the programs, not their services. The machine's own policy comes back
  # however this ends, and one that an earlier run was killed over is not lost.
  (
    [ ! -e $policy ] || [ -e $policy.v6-lab ] || mv $policy $policy.v6-lab
    trap 'rm -f $policy; [ ! -e $policy.v6-lab ] || mv $policy.v6-lab $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    # No daemon that a package starts in spite of it may keep the lab's lock.
    apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"
  ) >"$log" 2>&1 </dev/null 9>&- || fail "the packages cannot be installed. See that apt works and run it again." "$log"
}

# start_daemon NAME COMMAND...: outlives this script, and is known by its pid and that process's start. The mark finds what
# it started itself; a pid alone, or a namespace's number, may be somebody else's by then.
start_daemon() {
  local name=$1
  shift
  local mark pid
  mark=$name-$(cat /proc/sys/kernel/random/uuid)
  V6_LAB_MARK=$mark setsid "$@" >"$state/$name.log" 2>&1 </dev/null 9>&- &
  pid=$!
  say "$pid $(started "$pid") $mark" >"$state/$name.pid"
}

started() { awk '{ sub(/.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null; }

daemon_pid() {
  local pid start
  [ -f "$state/$1.pid" ] && read -r pid start _ <"$state/$1.pid" || return 1
  [ "$(started "$pid")" = "$start" ] && say "$pid"
}

daemon_mark() { [ ! -f "$state/$1.pid" ] || cut -d' ' -f3 "$state/$1.pid"; }

stop_daemon() {
  local pid i
  if pid=$(daemon_pid "$1"); then
    kill "$pid" 2>/dev/null || true
    for i in $(seq 100); do
      [ -d "/proc/$pid" ] || break
      [ "$i" != 80 ] || kill -9 "$pid" 2>/dev/null || true
      sleep 0.2
    done
  fi
  rm -f "$state/$1.pid"
}

# wait_for SECONDS COMMAND...
wait_for() {
  local i limit=$(($1 * 10))
  shift
  for i in $(seq "$limit"); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}

sysctls='net.ipv4.ip_forward net.ipv6.conf.all.forwarding net.ipv6.conf.default.forwarding'

remember_host() {
  [ ! -f "$state/host/done" ] || return 0
  mkdir -p "$state/host"
  local key
  for key in $sysctls; do
    say "$key=$(sysctl -n "$key")"
  done >"$state/host/sysctls"
  nft list tables >"$state/host/tables"
  iptables-save >"$state/host/iptables"
  ip6tables-save >"$state/host/ip6tables"
  ! mountpoint -q /run/netns || touch "$state/host/netns"
  touch "$state/host/done"
}

# Engine 20 works in the machine's own network namespace, and a daemon leaves its rules and bridges behind.
restore_host() {
  [ -f "$state/host/done" ] || return 0
  local link table
  for link in $(ip -o link show type bridge | awk -F': ' '{ print $2 }'); do
    case $link in
      docker0 | br-*) ip -4 -o addr show dev "$link" | grep -q ' 198\.18\.' && ip link delete "$link" ;;
    esac
  done
  nft list tables | while read -r table; do
    grep -qxF "$table" "$state/host/tables" || nft delete "$table"
  done
  iptables-restore <"$state/host/iptables"
  ip6tables-restore <"$state/host/ip6tables"
  sysctl -q -p "$state/host/sysctls"
  # ip netns mounts this for its first namespace; it goes with the last, unless somebody else has one by now.
  if [ ! -f "$state/host/netns" ] && mountpoint -q /run/netns && [ -z "$(ls /run/netns)" ]; then
    umount -l /run/netns && rmdir /run/netns
  fi
}
