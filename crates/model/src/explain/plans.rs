//! The words for problems with people, plans, files and runs.

use super::{Explanation, texts::words};

pub(super) const PERSON_NOT_FOUND: Explanation = words(
    "There is no such person in this tenant",
    "Tableau does not know this id, or no longer.",
    "Nothing was changed.",
    "Search the list of people; they may have been removed.",
);
pub(super) const PLAN_NOT_FOUND: Explanation = words(
    "There is no such plan",
    "The id belongs to no plan of this tenant. Plans that were not applied are thrown away after a week.",
    "Nothing was changed.",
    "Make the plan again from the list of people or from your file.",
);
pub(super) const RUN_NOT_FOUND: Explanation = words(
    "There is no such run",
    "The id belongs to no run of this tenant.",
    "Nothing was changed.",
    "Look for it in the list of jobs.",
);
pub(super) const CONVERSION_NOT_FOUND: Explanation = words(
    "There is no such converted file",
    "The id belongs to no file that you converted. Converted files are thrown away after a day.",
    "Nothing was changed.",
    "Upload the file again.",
);
pub(super) const PLAN_RUN_OUT: Explanation = words(
    "The plan is too old",
    "A plan counts for half an hour, because people change meanwhile.",
    "Nothing was sent.",
    "Make the plan again; its page has a button for it.",
);
pub(super) const PLAN_NOT_OPEN: Explanation = words(
    "The plan is no longer open",
    "It was applied or discarded before. A plan is applied once at most.",
    "Nothing was sent now.",
    "If it was applied, its run shows what became of each row.",
);
pub(super) const PLAN_CHANGED: Explanation = words(
    "The plan is not the one you saw",
    "The form names other rows than the plan has.",
    "Nothing was sent.",
    "Open the plan again and read it once more.",
);
pub(super) const NOTHING_TO_APPLY: Explanation = words(
    "There is nothing to apply",
    "No row of the plan would be sent: they are so already, refused, or dangerous and left out.",
    "Nothing was sent.",
    "Include the dangerous rows if you mean them, or make another plan.",
);
pub(super) const WRONG_COUNT: Explanation = words(
    "The typed number is not the right one",
    "Before a change of many or a removal, Steward asks for the number of rows.",
    "Nothing was sent.",
    "Type the number that stands beside the field.",
);
pub(super) const NOBODY_CHOSEN: Explanation = words(
    "Nobody is chosen",
    "The form names no person.",
    "Nothing was changed.",
    "Tick people in the list, or paste their e-mail addresses.",
);
pub(super) const TOO_MANY_ROWS: Explanation = words(
    "That is too many at once",
    "Steward plans at most 200,000 rows at once.",
    "Nothing was changed.",
    "Split the list or the file.",
);
pub(super) const FILE_MISSING: Explanation = words(
    "There is no file",
    "The form came without a file, or with an empty one.",
    "Nothing was changed.",
    "Choose a CSV file and send the form again.",
);
pub(super) const FILE_UNREADABLE: Explanation = words(
    "The file cannot be read",
    "It is neither text nor a whole gzip of text, or it unpacks to far more than it should.",
    "Nothing was changed, and nothing was sent to Tableau.",
    "Save it again as CSV in UTF-8 and try once more.",
);
pub(super) const FILE_EMPTY: Explanation = words(
    "The file has no rows",
    "There is nothing in it but empty lines or a line of headings.",
    "Nothing was changed.",
    "Check that you chose the right file.",
);
pub(super) const FIELD_WRONG: Explanation = words(
    "A field has a value that cannot be",
    "The form holds a choice that Steward does not offer.",
    "Nothing was changed.",
    "Open the page again and choose from its lists.",
);
pub(super) const RUN_NOT_RUNNING: Explanation = words(
    "That does not fit the state of the run",
    "Only a run that is under way can be paused or stopped, and only a paused one resumed.",
    "Nothing was changed.",
    "Reload the page of the run.",
);
pub(super) const SIGN_IN_OVER: Explanation = words(
    "The sign-in behind this run is over",
    "A run works with the token of the person who applied it. That sign-in ended or was idle for too long, so its token is erased.",
    "What was sent is looked after once the run goes on; the rest waits and was not sent.",
    "Sign in and press resume: the rest then runs under your name.",
);
pub(super) const ROW_DRIFTED: Explanation = words(
    "The person changed since the plan was made",
    "What Tableau tells now is not what the plan was made on.",
    "This row was not sent.",
    "Plan it again; the new plan shows the present state.",
);
pub(super) const ROW_YOURSELF: Explanation = words(
    "It would take rights away from yourself",
    "The run works in your name, and nobody takes their own rights away through Steward. Somebody else planned it, and you resumed it.",
    "This row was not sent.",
    "If it is meant, another cloud administrator has to plan it again.",
);
pub(super) const ROW_CREDENTIAL_OWNER: Explanation = words(
    "It would take rights away from the owner of the token in use",
    "The run works with this person's token, and a token can do no more than its owner: the rest of the run might fail for want of rights.",
    "This row was not sent.",
    "If it is meant, somebody who works with another token has to plan it again.",
);
pub(super) const ROW_LAST_ADMINISTRATOR: Explanation = words(
    "Nobody would be left to administer the tenant",
    "Since the plan was made the other cloud administrators have gone, or another run is taking them out. The last one keeps a licence, too.",
    "This row was not sent.",
    "Make somebody else a cloud administrator first, then plan the row again.",
);
pub(super) const ROW_NOT_DONE: Explanation = words(
    "Tableau did not carry this row out",
    "The job of Tableau's ended without a word about this row, and reading back shows no effect.",
    "Tableau changed nothing here.",
    "Plan the row again if it is still wanted.",
);
pub(super) const NO_SEAT_LEFT: Explanation = words(
    "They are on the site, but without a licence",
    "No seat was left for the role. Tableau then takes people in as unlicensed and calls that a success.",
    "They were added to the site and cannot sign in to it.",
    "Free a seat or choose a lower role, then give them the role.",
);
pub(super) const JOB_FORGOTTEN: Explanation = words(
    "Tableau no longer knows its own job",
    "The job that carried this row is not to be found any more.",
    "Reading back shows the state beside.",
    "Decide by the state that was read back; plan the row again if it is still wanted.",
);
pub(super) const JOB_ENDLESS: Explanation = words(
    "Tableau's job did not end",
    "Steward watched the job for an hour. It may still go on.",
    "Unknown; the state beside was read back at the end.",
    "Open the job's page later, then plan again what is missing.",
);
pub(super) const ROW_PROTECTED: Explanation = words(
    "The person was protected meanwhile",
    "Somebody protected this person after the plan was made, so changing them needs an extra step.",
    "This row was not sent.",
    "Plan it again; the new plan names the danger and asks whether to include it.",
);
