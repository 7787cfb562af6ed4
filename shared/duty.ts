import type { Estate, Person, Role } from "./estate";
import type { Instant } from "./time";

/**
 * The people of these roles now. Who is on call follows the dated list where one is given for this moment:
 * the person named there is told, whatever their role, and nobody else is woken for it.
 */
export function peopleOf(estate: Estate, roles: Role[], now: Instant): Person[] {
  const listed = estate.onCall.filter((one) => one.from <= now && now < one.until).map((one) => one.person);
  return estate.people.filter((person) => {
    if (roles.includes("on-call") && listed.length > 0) {
      if (listed.includes(person.name)) return true;
      if (person.role === "on-call") return false;
    }
    return roles.includes(person.role);
  });
}
