//! The words of the connection doctor: why something was not tried, and what to do about what did not answer.

use crate::{
    ProblemCode,
    doctor::{CLOCKS_AGREE, CLOCKS_DIFFER, Left},
    explain::explain,
    vendor::{Certainty, OperationRow},
};

impl Left {
    /// Why it was not tried, as a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::AtSignIn => "Not tried here: it answered when you signed in.",
            Self::EndsSession => "Not tried: it would end the session.",
            Self::NothingKnown => "Not tried: it needs the id of something that Steward has not met yet.",
            Self::NoSession => "Not tried: it needs a session, and none could be opened.",
            Self::Silence => "Not tried: Tableau asked for a pause.",
            Self::NoTime => "Not tried: the time for this round was over.",
        }
    }
}

/// What to do about an operation that did not answer as documented.
pub fn advice(operation: &OperationRow, code: ProblemCode, vendor_said: bool) -> &'static str {
    match code {
        ProblemCode::VendorNotFound if vendor_said => {
            "Tableau itself answers here, but does not know what was asked for. Ask again; if it stays so, compare the address with the vendor's reference."
        }
        ProblemCode::VendorNotFound => not_found(operation),
        ProblemCode::SessionEnded => {
            "Tableau refused the session here, also a new one. The address may want another kind of sign-in: compare it with the vendor's reference."
        }
        ProblemCode::VendorRefused => {
            "The owner of the token may not read this, or the address belongs to something else. Check in Tableau Cloud Manager that they are a cloud administrator."
        }
        ProblemCode::VendorRejected => {
            "The address answers, but wants the question put in another way. Report the operation and its status to Steward's makers."
        }
        ProblemCode::VendorGarbled => {
            "Something answers that is not the API as documented: often a proxy or a sign-in page in between, else another version. Open the address from this machine and look."
        }
        ProblemCode::VendorBusy => {
            "Nothing is broken. Try again after the pause that Tableau asked for; runs wait by themselves."
        }
        ProblemCode::VendorTimeout => {
            "Try again in a minute. If only this one stays silent, the fault is Tableau's; if all do, look at the network."
        }
        code => explain(code).next,
    }
}

fn not_found(operation: &OperationRow) -> &'static str {
    match (operation.overridden, operation.certainty) {
        (true, _) => {
            "Nothing is known under the address from your operations file. Compare it with the vendor's reference and correct the file."
        }
        (false, Certainty::Inferred) => {
            "This address is only inferred, and seems to be wrong. Compare it with the vendor's reference and correct it in an operations file."
        }
        (false, Certainty::Confirmed) => {
            "This address is confirmed, so something else seems to answer in Tableau's place: check the host and any proxy in between."
        }
    }
}

/// What a difference of clocks means and what to do.
pub fn clocks(ahead: i64) -> &'static str {
    match ahead {
        ahead if ahead.abs() <= CLOCKS_AGREE => "Both clocks agree.",
        ahead if ahead.abs() < CLOCKS_DIFFER => {
            "This is harmless: sessions are renewed a minute before their end."
        }
        ahead if ahead > 0 => {
            "Tokens and sessions end by Tableau's clock, so they end sooner than the countdowns here say. Steward opens a session anew when Tableau refuses it, and nothing is lost. Times in lists, in logs and in the audit log are by this machine's clock. Next: let this machine take its time from the network (NTP), then try again."
        }
        _ => {
            "Tokens and sessions end by Tableau's clock, so they last longer than the countdowns here say, and warnings come early. Times in lists, in logs and in the audit log are by this machine's clock. Next: let this machine take its time from the network (NTP), then try again."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vendor::Effect;

    fn row(certainty: Certainty, overridden: bool) -> OperationRow {
        OperationRow {
            name: "tenant.get".to_owned(),
            method: "GET".to_owned(),
            path: "/api/v1/tenants/{tenantId}".to_owned(),
            certainty,
            overridden,
            effect: Effect::Read,
            unlocked: None,
            locked: false,
        }
    }

    #[test]
    fn a_missing_address_is_blamed_on_whoever_gave_it() {
        let said =
            |certainty, overridden| advice(&row(certainty, overridden), ProblemCode::VendorNotFound, false);
        assert!(said(Certainty::Inferred, false).contains("only inferred"));
        assert!(said(Certainty::Inferred, true).contains("your operations file"));
        assert!(said(Certainty::Confirmed, false).contains("proxy"));
        let by_vendor = advice(&row(Certainty::Inferred, false), ProblemCode::VendorNotFound, true);
        assert!(by_vendor.starts_with("Tableau itself answers"));
    }

    #[test]
    fn every_problem_has_advice_in_whole_sentences() {
        for code in ProblemCode::ALL.iter().copied() {
            let said = advice(&row(Certainty::Inferred, false), code, false);
            assert!(said.ends_with('.'), "{code:?}: {said}");
        }
    }

    #[test]
    fn an_hour_is_explained_by_tokens_and_times_and_seconds_are_not() {
        for ahead in [3_600, -3_600] {
            let said = clocks(ahead);
            assert!(said.contains("Tokens") && said.contains("Times") && said.contains("NTP"), "{said}");
        }
        assert_ne!(clocks(3_600), clocks(-3_600));
        assert!(clocks(20).starts_with("This is harmless") && clocks(-2).starts_with("Both"));
    }
}
