#!/usr/bin/env bash
# Sends the invitation through a real Postfix, with STARTTLS and DKIM, into a mailbox, reads it there, and lets SpamAssassin judge it
# without the network. As root on a Debian with: apt-get install postfix spamassassin openssl
# Usage: bash test/mail/postfix.sh [PORT]
set -euo pipefail
cd "$(dirname "$0")/../.."
port=${1:-2527}
dir=$(mktemp -d)
chmod 755 "$dir"
mkdir -p "$dir"/{etc,queue,data,mail}
chown postfix "$dir/data"
chown nobody:nogroup "$dir/mail"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$dir/etc/key.pem" -out "$dir/etc/cert.pem" 2>/dev/null
openssl genrsa -traditional -out "$dir/dkim.pem" 2048 2>/dev/null
cat >"$dir/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
maillog_file = $dir/log
maillog_file_prefixes = $dir
inet_interfaces = 127.0.0.1
mydestination =
myhostname = mail.northwind.example
alias_maps =
virtual_mailbox_domains = northwind.example
virtual_mailbox_base = $dir/mail
virtual_mailbox_maps = static:inbox/
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = $dir/etc/cert.pem
smtpd_tls_key_file = $dir/etc/key.pem
smtpd_recipient_restrictions = reject_unauth_destination
CONF
postconf -Mf -c /etc/postfix >"$dir/etc/master.cf" 2>/dev/null || cp /etc/postfix/master.cf "$dir/etc/master.cf"
sed -i "s/^smtp  *inet/127.0.0.1:$port inet/; s/^\(.* \)y\( .*chroot.*\)$/\1n\2/" "$dir/etc/master.cf"
awk '!/^[ #]/ && NF >= 8 { $5 = "n" } { print }' "$dir/etc/master.cf" >"$dir/etc/master" && mv "$dir/etc/master" "$dir/etc/master.cf"
trap 'postfix -c "$dir/etc" stop 2>/dev/null || true; rm -rf "$dir"' EXIT
postfix -c "$dir/etc" start 2>/dev/null
NODE_EXTRA_CA_CERTS="$dir/etc/cert.pem" npx node test/mail/send.ts "$port" "$dir/dkim.pem" "$dir/mail/inbox/new" || { cat "$dir/log"; exit 1; }
echo "SpamAssassin, without the network:"
spamassassin -L -t <"$(ls "$dir"/mail/inbox/new/* | head -1)" | sed -n '/^Content analysis details/,$p'
