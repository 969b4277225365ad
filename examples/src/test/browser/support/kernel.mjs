import { readFileSync } from 'node:fs';

/** Datagrams that the kernel has thrown away since the machine's start because a socket or a queue was full. */
export function droppedDatagrams() {
  return fullSockets('/proc/net/snmp', /^Udp: (\D.*)\nUdp: (.*)$/m) + fullSockets6() + fullQueues();
}

function fullSockets(path, twoLines) {
  const [, names, values] = readFileSync(path, 'latin1').match(twoLines);
  return Number(values.split(' ')[names.split(' ').indexOf('RcvbufErrors')]);
}

function fullSockets6() {
  return Number(readFileSync('/proc/net/snmp6', 'latin1').match(/^Udp6RcvbufErrors\s+(\d+)$/m)?.[1] ?? 0);
}

function fullQueues() {
  return readFileSync('/proc/net/softnet_stat', 'latin1').trim().split('\n')
    .reduce((sum, line) => sum + Number.parseInt(line.split(' ')[1], 16), 0);
}
