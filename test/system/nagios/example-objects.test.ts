import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folder as scripts } from "../../nagios/forwarder";
import { requirePart } from "../required";
import { mainConfig } from "./nagios-config";
import { NAGIOS } from "./nagios-rig";

/** What an administrator has already: somebody to page, and the host Nagios runs on. */
const OF_THE_ADMINISTRATOR = `
define contact {
  contact_name                   ann
  host_notification_period       switchover-always
  service_notification_period    switchover-always
  host_notification_options      d
  service_notification_options   c
  host_notification_commands     switchover-notify
  service_notification_commands  switchover-notify
}
define contactgroup {
  contactgroup_name  admins
  members            ann
}
define host {
  host_name            localhost
  address              127.0.0.1
  max_check_attempts   1
  contacts             ann
  notification_period  switchover-always
}
define command {
  command_name  check-alive
  command_line  /bin/true
}
define service {
  use                  switchover-protected
  host_name            localhost
  service_description  Shop
  check_command        check-alive
}`;

const suite = requirePart("the example objects under a real Nagios", NAGIOS, "nagios4-core")
  ? describe
  : describe.skip;

suite("the example objects", () => {
  test("are a configuration that Nagios accepts without a warning", () => {
    const folder = mkdtempSync(join(tmpdir(), "switchover-example-"));
    for (const each of ["rw", "checkresults"]) mkdirSync(join(folder, each));
    // Nagios drops to its own user before it looks whether it may write.
    for (const each of [".", "rw", "checkresults"]) chmodSync(join(folder, each), 0o777);
    copyFileSync(join(scripts, "switchover.cfg"), join(folder, "objects.cfg"));
    writeFileSync(join(folder, "administrator.cfg"), OF_THE_ADMINISTRATOR);
    writeFileSync(join(folder, "nagios.cfg"), `${mainConfig(folder)}cfg_file=${folder}/administrator.cfg\n`);
    const { stdout } = spawnSync(NAGIOS, ["-v", join(folder, "nagios.cfg")], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(stdout).toMatch(/Checked 3 services[^]*Total Warnings: 0\s+Total Errors:\s+0/);
  });
});
