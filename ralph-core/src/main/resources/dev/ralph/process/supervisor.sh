#!/bin/sh
# Copyright 2026 the Ralph for the JVM authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs one command and takes its whole process tree down with it, also when the host that asked for it is gone.
#
# Arguments: private directory; scope (namespace, marker, group); marker; seconds between two checks of the host;
# tenths of a second that leftovers get between SIGTERM and SIGKILL; file for the command's standard input;
# paths of setsid, sleep, grep and rm; then the command.
#
# Standard input is the control pipe. A line "t" sends SIGTERM to the command's process group, "x" ends everything
# now, end of file means that the host died, any other line that it is alive.
#
# "ralph-supervisor-ready" goes to standard error as soon as the command's standard input is open.
# The private directory holds "agent" (process id of the command) and "status" ("exit CODE", written last), made by
# the host so that a full disk cannot lose them, and the flags "stop", "silent" (no sign of the host), "broken" (one
# of the two helpers that would see that is gone) and "orphaned" (the host died).
set -u

ralph_dir=$1 ralph_scope=$2 ralph_marker=$3 ralph_interval=$4 ralph_tenths=$5 ralph_input=$6
ralph_setsid=$7 ralph_sleep=$8 ralph_grep=$9 ralph_rm=${10}
shift 10

# Ignored by the helpers and their sleeps too: a "pkill sh" of the agent must not cut the control pipe off.
trap '' HUP INT QUIT TERM USR1

ralph_refuse() {
    echo "$1" >&2
    exit 125
}

# Signals to -1 and to 0 reach far: right only for the first process of a namespace, and for a group of one's own.
ralph_check() {
    case $ralph_scope in
        namespace) [ "$$" -eq 1 ] || ralph_refuse 'not the first process of a PID namespace' ;;
        marker)
            read -r ralph_stat </proc/self/stat
            # After the name, which may hold blanks and brackets: state, parent, group.
            ralph_stat=${ralph_stat##*) }
            ralph_stat=${ralph_stat#* * }
            [ "${ralph_stat%% *}" = "$$" ] || ralph_refuse 'not in a process group of its own'
            ;;
        group) ;;
        *) ralph_refuse "no such scope: $ralph_scope" ;;
    esac
    case $ralph_marker in
        *????????-????-????-????-????????????) ;;
        *) ralph_refuse "not a marker: $ralph_marker" ;;
    esac
}

# Sets ralph_pid; fails while there is no command. A signal to the group of 1 would reach every process there is.
ralph_find_command() {
    read -r ralph_pid <"$ralph_dir/agent"
    case $ralph_pid in
        '' | 0 | 1 | *[!0-9]*) return 1 ;;
    esac
}

ralph_signal() {
    : >"$ralph_dir/stop"
    ralph_find_command || return 0
    # The group exists only once setsid has run.
    kill "-$1" "-$ralph_pid" || kill "-$1" "$ralph_pid"
}

# True if a process is in the middle of an exec, or just was: the kernel shows no environment of it for that moment.
ralph_in_exec() {
    ralph_bare=$("$ralph_grep" -LsF -e '' /proc/[0-9]*/environ)
    [ -n "$ralph_bare" ] || return 1
    # shellcheck disable=SC2086 # the names are numbers
    "$ralph_grep" -qsF -e '' $ralph_bare && return 0
    set --
    for ralph_file in $ralph_bare; do
        set -- "$@" "${ralph_file%environ}stat"
    done
    # proc(5): the size of the memory is field 23, the end of the environment field 51 of 52; the state, 3, follows the name.
    "$ralph_grep" -qsE -e '\) [A-Za-z]( -?[0-9]+){19} [1-9][0-9]*( -?[0-9]+){27} 0 -?[0-9]+$' "$@"
}

# Sends the signal to what is left of the command; true if anything was or may be left. Signal 0 only asks.
ralph_leftovers() {
    case $ralph_scope in
        namespace)
            ralph_name=$1
            set -- /proc/[0-9]*
            # This shell, its two helpers and the sleep of one of them.
            [ $# -gt 4 ] || return 1
            kill "-$ralph_name" -1
            return 0
            ;;
        marker)
            kill "-$1" "-$ralph_pid"
            # Zombies count as members of a group but have no environment: only what is found here is waited for.
            ralph_found=$("$ralph_grep" -lsF -e "${ralph_marker##*:}" /proc/[0-9]*/environ)
            for ralph_file in $ralph_found; do
                ralph_file=${ralph_file#/proc/}
                kill "-$1" "${ralph_file%/environ}"
            done
            [ -n "$ralph_found" ] || ralph_in_exec
            ;;
        group) kill "-$1" "-$ralph_pid" ;;
    esac
}

ralph_kill_leftovers() {
    # The end of this shell is the end of the namespace.
    [ "$ralph_scope" != namespace ] || return 0
    # One empty pass is no proof: what begins or ends an exec, or a child whose parent ends, between two looks is not seen.
    ralph_passes=100 ralph_empty=0
    while [ "$ralph_passes" -gt 0 ] && [ "$ralph_empty" -lt 5 ]; do
        if ralph_leftovers KILL; then ralph_empty=0; else ralph_empty=$((ralph_empty + 1)); fi
        ralph_passes=$((ralph_passes - 1))
    done
}

ralph_end_leftovers() {
    if [ ! -e "$ralph_dir/stop" ] && ralph_leftovers TERM; then
        while [ "$ralph_tenths" -gt 0 ] && [ ! -e "$ralph_dir/stop" ] && ralph_leftovers 0; do
            "$ralph_sleep" 0.1
            ralph_tenths=$((ralph_tenths - 1))
        done
    fi
    ralph_kill_leftovers
}

ralph_end_helpers() {
    case $ralph_scope in
        namespace) ;;
        marker) kill -KILL 0 ;;
        group) kill -KILL "-$ralph_ticker" "-$ralph_watcher" ;;
    esac
}

# Sees that the host no longer speaks: stopped, frozen or hung.
ralph_tick() {
    exec 3<&- 4<&- 5>&- 6>&-
    ralph_heard=0 ralph_seen=0 ralph_missed=0
    trap 'ralph_heard=$((ralph_heard + 1))' USR1
    while [ "$ralph_missed" -lt 2 ]; do
        # A killed sleep says nothing about the host.
        "$ralph_sleep" "$ralph_interval" || continue
        kill -0 "$$" || return 0
        if [ "$ralph_heard" = "$ralph_seen" ]; then
            ralph_missed=$((ralph_missed + 1))
        else
            ralph_seen=$ralph_heard ralph_missed=0
        fi
    done
    : >"$ralph_dir/silent"
    ralph_signal KILL
}

ralph_watch() {
    exec <&3 3<&- 4<&- 5>&- 6>&-
    while read -r ralph_word; do
        case $ralph_word in
            t) ralph_signal TERM ;;
            x) ralph_signal KILL ;;
            *)
                if ! kill -USR1 "$ralph_ticker"; then
                    : >"$ralph_dir/broken"
                    ralph_signal KILL
                fi
                ;;
        esac
    done
    : >"$ralph_dir/orphaned"
    ralph_signal KILL
    if ! kill -0 "$$"; then
        ralph_watcher=$ralph_ticker
        ralph_kill_leftovers
        "$ralph_rm" -rf -- "$ralph_dir"
        ralph_end_helpers
    fi
}

ralph_command() {
    trap - HUP INT QUIT TERM USR1
    if [ "$ralph_scope" != group ]; then
        read -r ralph_stat </proc/self/stat
        echo "${ralph_stat%% *}" 1<>"$ralph_dir/agent" || exit 126
    fi
    [ ! -e "$ralph_dir/stop" ] || exit 143
    RALPH_PROCESS=$ralph_marker
    export RALPH_PROCESS
    exec ${ralph_setsid:+"$ralph_setsid"} "$@" <&4 >&6 2>&5 4<&- 5>&- 6>&-
}

ralph_check
exec 3<&0 4<"$ralph_input" 0</dev/null || exit 125
echo ralph-supervisor-ready >&2
# The shell's own notices ("Killed") are not output of the command.
exec 5>&2 6>&1 >/dev/null 2>&1

# Without setsid, job control gives each of them a process group of its own.
[ -n "$ralph_setsid" ] || set -m

ralph_tick &
ralph_ticker=$!
ralph_watch &
ralph_watcher=$!
# If the watcher dies, the host's next word finds nobody.
exec 3<&-

if [ "$ralph_scope" = group ]; then
    (ralph_command "$@") &
    ralph_pid=$!
    echo "$ralph_pid" 1<>"$ralph_dir/agent"
    [ ! -e "$ralph_dir/stop" ] || ralph_signal KILL
    wait "$ralph_pid"
    ralph_code=$?
else
    # In the foreground: a background command would have SIGINT and SIGQUIT ignored for good.
    (ralph_command "$@")
    ralph_code=$?
fi

ralph_find_command && ralph_end_leftovers
echo "exit $ralph_code" 1<>"$ralph_dir/status"
[ ! -e "$ralph_dir/orphaned" ] || "$ralph_rm" -rf -- "$ralph_dir"
ralph_end_helpers
