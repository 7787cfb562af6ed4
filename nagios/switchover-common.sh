# Settings, log and spool of switchover-notify, switchover-deliver and check_switchover, which read this file.
set -u
export LC_ALL=C # bytes are bytes: plugin output need not be UTF-8
umask 027
PATH=${PATH-}:/usr/local/bin:/usr/bin:/bin
alerts_path=/api/alerts/nagios
health_path=/api/health
carriage_return=$(printf '\r')

config=/etc/switchover/switchover-notify.conf
endpoints='' secret_file=/etc/switchover/nagios.secret function_key_file='' spool=/var/spool/switchover
max_messages=1000 max_kib=16384 keep_hours=24 timeout=10 macros=''

say() {
  printf '%s [%s] %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$$" "$*" 2>/dev/null >>"$spool/log" || :
}

# Read, not sourced: a typing error must cost one setting, never the notification.
read_config() {
  wrong='' endpoints=''
  [ -r "$config" ] || wrong="cannot read $config; the defaults hold"
  [ -n "$wrong" ] || while IFS='= 	' read -r key value || [ -n "$key" ]; do
    setting "$key" "${value%"$carriage_return"}"
  done <"$config"
  [ -z "$wrong" ] || say "$wrong"
}

setting() { # KEY VALUE
  case $1=$2 in
    = | '#'*) ;;
    endpoint=http*://*[!A-Za-z0-9.:/_~%-]*) wrong="$config: $2 has characters that an address has not" ;;
    endpoint=http://?* | endpoint=https://?*) endpoints="$endpoints ${2%/}" ;;
    secret_file=/*) secret_file=$2 ;;
    function_key_file=/*) function_key_file=$2 ;;
    spool=/*) spool=${2%/} ;;
    macros=*[!A-Z0-9_\ ]*) wrong="$config: macros: write names such as _HOSTREGION, without NAGIOS_" ;;
    macros=*) macros=$2 ;;
    *=*[!0-9]* | *= | *=0* | *=???????*) wrong="$config: $1: no such setting, or not a value for it" ;;
    max_messages=*) max_messages=$2 ;;
    max_kib=*) max_kib=$2 ;;
    keep_hours=*) keep_hours=$2 ;;
    timeout=*) timeout=$2 ;;
    *) wrong="$config: there is no setting $1; see switchover-notify.conf.example" ;;
  esac
}

# Files are named <second>-<type>-<id>, so that the shell's own order is their age. One that is sent again
# has a number after its second.
first_in() { # FOLDER: the oldest file, or nothing
  for path in "$spool/$1"/*; do
    [ ! -f "$path" ] || printf %s "$path"
    return 0
  done
}

count_in() { # FOLDER
  set -- "$spool/$1"/*
  if [ -e "$1" ]; then echo "$#"; else echo 0; fi
}

age_of() { # PATH: seconds; 0 when its name is none of ours
  stamp=${1##*/} stamp=${stamp%%-*}
  case $stamp in '' | 0* | *[!0-9]*) echo 0 ;; *) echo $(($(date +%s) - stamp)) ;; esac
}

# A full spool loses what matters least: the oldest that is not a PROBLEM, then the oldest.
keep_bounds() { # FOLDER
  while [ "$(count_in "$1")" -gt "$max_messages" ] || [ "$(du -sk "$spool/$1" | cut -f1)" -gt "$max_kib" ]; do
    victim=''
    for path in "$spool/$1"/*; do
      case $path in
        */*-PROBLEM-*) ;;
        *) victim=$path && break ;;
      esac
    done
    victim=${victim:-$(first_in "$1")}
    [ -f "$victim" ] || return 0
    rm -f "$victim" 2>/dev/null || return 0 # or this would go on for ever
    say "the spool is full ($max_messages messages, $max_kib KiB): dropped $1/${victim##*/}"
  done
}

# Returns whether it is out of the queue. While it is not, the round has failed: it waits, and tries again.
reject() { # PATH REASON
  mkdir -p "$spool/rejected" 2>/dev/null
  if mv "$1" "$spool/rejected/" 2>/dev/null; then
    say "${1##*/}: moved to rejected: $2"
    refused=$2
    keep_bounds rejected
  elif [ -f "$1" ]; then
    trouble="${1##*/} cannot be moved to rejected, and stays in the queue: $2"
    return 1
  fi
  return 0
}
