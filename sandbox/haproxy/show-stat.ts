import type { Haproxy } from "./stand-in";
import { fall, isUp, rise, sessionsOf, statusOf, usable, type Member } from "./member";

/** The header of `show stat` as HAProxy 2.6.12 prints it. The order of the columns is its contract. */
export const statHeader =
  "# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status,weight,act,bck,chkfail,chkdown,lastchg,downtime,qlimit,pid,iid,sid,throttle,lbtot,tracked,type,rate,rate_lim,rate_max,check_status,check_code,check_duration,hrsp_1xx,hrsp_2xx,hrsp_3xx,hrsp_4xx,hrsp_5xx,hrsp_other,hanafail,req_rate,req_rate_max,req_tot,cli_abrt,srv_abrt,comp_in,comp_out,comp_byp,comp_rsp,lastsess,last_chk,last_agt,qtime,ctime,rtime,ttime,agent_status,agent_code,agent_duration,check_desc,agent_desc,check_rise,check_fall,check_health,agent_rise,agent_fall,agent_health,addr,cookie,mode,algo,conn_rate,conn_rate_max,conn_tot,intercepted,dcon,dses,wrew,connect,reuse,cache_lookups,cache_hits,srv_icur,src_ilim,qtime_max,ctime_max,rtime_max,ttime_max,eint,idle_conn_cur,safe_conn_cur,used_conn_cur,need_conn_est,uweight,agg_server_status,agg_server_check_status,agg_check_status,-,ssl_sess,ssl_reused_sess,ssl_failed_handshake,h2_headers_rcvd,h2_data_rcvd,h2_settings_rcvd,h2_rst_stream_rcvd,h2_goaway_rcvd,h2_detected_conn_protocol_errors,h2_detected_strm_protocol_errors,h2_rst_stream_resp,h2_goaway_resp,h2_open_connections,h2_backend_open_streams,h2_total_connections,h2_backend_total_streams,h1_open_connections,h1_open_streams,h1_total_connections,h1_total_streams,h1_bytes_in,h1_bytes_out,h1_spliced_bytes_in,h1_spliced_bytes_out,";

const columns = statHeader.slice(2).split(",");
const BACKEND_ID = 3;

/** Kinds of rows by their number in HAProxy: 1 frontend, 2 backend, 4 server. -1 is all of them. */
export function showStat(haproxy: Haproxy, at: number, kinds = -1, server = -1): string {
  const rows = [
    ...(kinds & 1 ? [frontendRow(haproxy, at)] : []),
    ...(kinds & 4 ? haproxy.members.map((one, index) => serverRow(haproxy, one, index + 1, at)) : []),
    ...(kinds & 2 ? [backendRow(haproxy, at)] : []),
  ].filter((row) => server === -1 || row["sid"] === server || row["svname"] === "FRONTEND");
  return [statHeader, ...rows.map(csvLine), "", ""].join("\n");
}

type Row = Record<string, string | number>;

function csvLine(row: Row): string {
  return columns.map((column) => String(row[column] ?? "")).join(",");
}

function frontendRow({ traffic }: Haproxy, at: number): Row {
  const { connections, limit, rate } = traffic.load(at);
  return {
    pxname: "service",
    svname: "FRONTEND",
    status: "OPEN",
    pid: 1,
    iid: 2,
    sid: 0,
    type: 0,
    mode: "http",
    scur: connections,
    slim: limit,
    rate,
  };
}

function serverRow(haproxy: Haproxy, member: Member, sid: number, at: number): Row {
  const checked = member.admin !== "maint";
  return {
    pxname: haproxy.backend,
    svname: member.name,
    qcur: 0,
    qmax: 0,
    scur: sessionsOf(member, at),
    stot: member.requests,
    econ: member.connectErrors,
    eresp: member.answerErrors,
    status: statusOf(member),
    weight: 1,
    act: member.backup ? 0 : 1,
    bck: member.backup ? 1 : 0,
    chkfail: member.failedChecks,
    chkdown: member.timesDown,
    lastchg: seconds(at - member.changedAt),
    pid: 1,
    iid: BACKEND_ID,
    sid,
    lbtot: member.requests,
    type: 2,
    check_status: checked ? member.check : "",
    check_code: checked ? (member.checkHttp ?? "") : "",
    hrsp_1xx: 0,
    hrsp_2xx: member.answers2xx,
    hrsp_3xx: 0,
    hrsp_4xx: 0,
    hrsp_5xx: member.answers5xx,
    hrsp_other: 0,
    req_tot: member.requests,
    cli_abrt: 0,
    srv_abrt: 0,
    check_rise: rise,
    check_fall: fall,
    check_health: checked ? member.health : 0,
    addr: `${member.address}:${member.port}`,
    mode: "http",
  };
}

function backendRow(haproxy: Haproxy, at: number): Row {
  const { members } = haproxy;
  return {
    pxname: haproxy.backend,
    svname: "BACKEND",
    qcur: 0,
    qmax: 0,
    scur: sum(members, (one) => sessionsOf(one, at)),
    stot: sum(members, (one) => one.requests),
    status: usable(members).length > 0 ? "UP" : "DOWN",
    weight: usable(members).length,
    act: members.filter((one) => !one.backup && isUp(one) && one.admin === "ready").length,
    bck: members.filter((one) => one.backup && isUp(one) && one.admin === "ready").length,
    pid: 1,
    iid: BACKEND_ID,
    sid: 0,
    type: 1,
    hrsp_5xx: sum(members, (one) => one.answers5xx),
    mode: "http",
    algo: "roundrobin",
  };
}

function sum(members: Member[], of: (member: Member) => number): number {
  return members.reduce((total, one) => total + of(one), 0);
}

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1_000));
}

/** Bits and codes as HAProxy numbers them: operational state 2 runs, 0 stopped; admin 1 maintenance, 8 drain. */
export function showServersState(haproxy: Haproxy, at: number): string {
  const lines = haproxy.members.map((one, index) => {
    const admin = { ready: 0, maint: 1, drain: 8 }[one.admin];
    const status = { INI: 1, L7OK: 15, L7STS: 17, L7TOUT: 12, L4CON: 8, L4TOUT: 7 }[one.check];
    const result = one.check === "INI" ? 1 : one.check === "L7OK" ? 3 : 2;
    const checked = one.admin === "maint" ? "0 14" : `${one.health} 6`;
    const age = seconds(at - one.changedAt);
    return `${BACKEND_ID} ${haproxy.backend} ${index + 1} ${one.name} ${one.address} ${isUp(one) ? 2 : 0} ${admin} 1 1 ${age} ${status} ${result} ${checked} 0 0 0 - ${one.port} - 0 0 - - 0`;
  });
  return ["1", stateHeader, ...lines, "", ""].join("\n");
}

const stateHeader =
  "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port";
