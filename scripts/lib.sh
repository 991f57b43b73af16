# shellcheck shell=bash
# Shared by the scripts in the checkout's root. Source it; it defines functions only.

say() {
  printf '%s\n' "$*" >&2
}

# True when the folder is a JDK 25: a release file that says so, and a compiler.
is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    grep -Eq '^JAVA_VERSION="25([."-]|$)' "$1/release"
}

# Finds a JDK 25, sets and exports JAVA_HOME and puts its programs first in PATH.
# Looks at JAVA_HOME, then at the javac in PATH, then below /usr/lib/jvm.
find_jdk() {
  local javac candidate
  local candidates=()
  if [ -n "${JAVA_HOME:-}" ]; then
    candidates+=("$JAVA_HOME")
  fi
  if javac=$(command -v javac); then
    javac=$(readlink -f "$javac")
    candidates+=("${javac%/bin/javac}")
  fi
  candidates+=(/usr/lib/jvm/*)
  for candidate in "${candidates[@]}"; do
    if is_jdk "$candidate"; then
      export JAVA_HOME="$candidate"
      export PATH="$JAVA_HOME/bin:$PATH"
      return 0
    fi
  done
  say "No JDK 25 found (looked at JAVA_HOME=${JAVA_HOME:-unset}, javac in PATH, /usr/lib/jvm/*)."
  say "Get one, for example Temurin 25 from https://adoptium.net/temurin/releases/?version=25"
  say "(its Debian package is temurin-25-jdk), and unpack it below /usr/lib/jvm or set JAVA_HOME."
  return 1
}

# Maven with the JDK that was found, without the JDK's warning about a library inside Maven 3.8.
build() {
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" mvn -B "$@"
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Whether a command exists; system programs are often outside an ordinary user's PATH.
has_command() {
  PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1" >/dev/null
}

has_package() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]
}

# install_packages COMMAND=PACKAGE ... installs the Debian packages whose command is missing;
# with an empty COMMAND the package itself is asked for. Services are not started.
install_packages() {
  local pair
  local missing=()
  for pair in "$@"; do
    if [ -n "${pair%%=*}" ]; then
      has_command "${pair%%=*}" || missing+=("${pair#*=}")
    elif ! has_package "${pair#*=}"; then
      missing+=("${pair#*=}")
    fi
  done
  if [ "${#missing[@]}" -eq 0 ]; then
    return 0
  fi
  if ! command -v apt-get >/dev/null; then
    say "Missing, and there is no apt-get to install it with: ${missing[*]} (names of Debian packages)."
    return 1
  fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    say "Missing: ${missing[*]}. Install as root: apt-get install ${missing[*]}"
    return 1
  fi
  say "Installing ${missing[*]}"
  apt_install "${missing[@]}"
}

# Installs packages while a policy forbids that their services start. The policy is removed
# again, also on failure; one that somebody else has put there is left alone, in force.
# A shell of its own, so that its trap is nobody else's.
apt_install() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ] && [ ! -L "$policy" ]; then
    trap 'as_root rm -f "$policy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 0755 "$policy"
  fi
  if ! has_package_lists; then
    as_root apt-get update -q
  fi
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "$@"
)

has_package_lists() {
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null
}
