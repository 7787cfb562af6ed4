import { applyStep } from "./apply-step";
import { askPeople } from "./ask-people";
import { askToClassify } from "./ask-to-classify";
import { closeIncident } from "./close-incident";
import { considerGate } from "./consider-gate";
import { decide } from "./decide";
import { diagnose } from "./diagnose";
import { lookAtPart } from "./look-at-part";
import { nameFinding } from "./name-finding";
import { noteHome } from "./note-home";
import { pinHome } from "./pin-home";
import { pinPlan } from "./pin-plan";
import { readClassification } from "./read-classification";
import { record } from "./record";
import { releaseHome } from "./release-home";
import { resume } from "./resume";
import { seeCustomers } from "./see-customers";
import { stepsInForce } from "./steps-in-force";
import { takeHomeLease } from "./take-home-lease";
import { tell } from "./tell";
import { voidGate } from "./void-gate";

/** What orchestrations can call, by name. They know it by type only; functions/ registers each. */
export const activities = {
  applyStep,
  askPeople,
  askToClassify,
  closeIncident,
  considerGate,
  decide,
  diagnose,
  lookAtPart,
  nameFinding,
  noteHome,
  pinHome,
  pinPlan,
  readClassification,
  record,
  releaseHome,
  resume,
  seeCustomers,
  stepsInForce,
  takeHomeLease,
  tell,
  voidGate,
};

export type Activities = typeof activities;
