import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What Nagios watches. A check command line may use macros such as `$HOSTADDRESS$`; it must not have
 * a semicolon, where a comment begins in Nagios' files: write a plugin script instead.
 */
export type Watched = {
  hosts: { name: string; address: string; checkCommandLine: string }[];
  services: { host: string; name: string; checkCommandLine: string }[];
};

/** nagios.cfg with everything below `folder` and seconds as its time unit. */
export function mainConfig(folder: string): string {
  return `
log_file=${folder}/nagios.log
cfg_file=${folder}/objects.cfg
object_cache_file=${folder}/objects.cache
precached_object_file=${folder}/objects.precache
status_file=${folder}/status.dat
status_update_interval=1
state_retention_file=${folder}/retention.dat
retain_state_information=1
lock_file=${folder}/nagios.pid
temp_file=${folder}/nagios.tmp
temp_path=${folder}
check_result_path=${folder}/checkresults
check_result_reaper_frequency=1
log_archive_path=${folder}/archives
command_file=${folder}/rw/nagios.cmd
query_socket=${folder}/rw/nagios.qh
check_external_commands=1
nagios_user=nagios
nagios_group=nagios
interval_length=1
check_workers=2
use_syslog=0
log_rotation_method=n
log_service_retries=1
log_host_retries=1
enable_notifications=1
enable_flap_detection=0
max_host_check_spread=1
max_service_check_spread=1
cached_host_check_horizon=1
cached_service_check_horizon=1
service_check_timeout=10
host_check_timeout=10
notification_timeout=10
enable_environment_macros=1
check_for_updates=0
illegal_macro_output_chars=\`~$&|'"<>
date_format=iso8601
`;
}

/**
 * The shipped example objects with the rig's paths, and the watched hosts and services that use
 * them, so that a mistake in the example is found by a real Nagios.
 */
export function objects(watched: Watched, scripts: string): string {
  const example = readFileSync(join(scripts, "switchover.cfg"), "utf8");
  const commands = example
    .slice(0, example.indexOf("# Who watches Switchover"))
    .replaceAll(
      /\/usr\/local\/lib\/switchover\/(switchover-notify|check_switchover)/g,
      (_, script: string) => {
        return `${scripts}/${script} ${script === "check_switchover" ? "-c" : "--config"} ${scripts}/notify.conf`;
      },
    );
  const hosts = watched.hosts.map((each, index) => host(each, `check-host-${index}`, scripts));
  const services = watched.services.map((each, index) => service(each, `check-service-${index}`, scripts));
  return [commands, ...hosts, ...services].join("\n");
}

function host(of: Watched["hosts"][number], command: string, scripts: string): string {
  return `${checkCommand(command, of.checkCommandLine, scripts)}
define host {
  host_name              ${of.name}
  address                ${of.address}
  check_command          ${command}
  max_check_attempts     2
  check_interval         2
  retry_interval         1
  check_period           switchover-always
  notification_period    switchover-always
  notification_interval  60
  contacts               switchover
}`;
}

function service(of: Watched["services"][number], command: string, scripts: string): string {
  return `${checkCommand(command, of.checkCommandLine, scripts)}
define service {
  use                    switchover-protected
  host_name              ${of.host}
  service_description    ${of.name}
  check_command          ${command}
  check_interval         2
  notification_interval  60
}`;
}

function checkCommand(name: string, line: string, scripts: string): string {
  if (line.includes(";"))
    throw new Error(`the check command "${line}" has a semicolon, where Nagios would cut it`);
  return `define command {
  command_name  ${name}
  command_line  ${line.replaceAll("$PLUGINS$", scripts)}
}`;
}
