//! Rows that put people into a group of a site or take them out: many in one call, one by one where that is refused, and
//! the membership read back once for each part.

use futures::{StreamExt, stream};
use model::{
    GroupId, ProblemCode, SiteId,
    runs::{RowState, RunRow},
};
use store::RowEnd;
use tableau::ApiVersion;

use super::{
    carry::AT_ONCE,
    held::{Held, LetGo},
    membership::{Members, Place, found},
    on_site::site_end,
    site_send::{NotSent, Said},
    ways::{Call, Way},
};
use crate::{Caller, Operations};

/// People in one call. The vendor names no maximum.
const MEMBERS_AT_ONCE: usize = 100;
/// The first version with calls for many people.
///
/// Vendor: Users and Groups Methods, "Add User to Group" and "Remove User from Group".
const MANY_SINCE: ApiVersion = ApiVersion::new(3, 21);

impl Operations {
    pub(super) async fn send_members(
        &self,
        held: &Held,
        site: SiteId,
        group: GroupId,
        rows: Vec<RunRow>,
    ) -> Result<(), LetGo> {
        let caller = held.caller();
        let place = Place { site, group };
        let Some(connection) = self.connected(held, &caller, &site, &rows).await? else { return Ok(()) };
        if self.wait_for_site(held, &site).await? {
            return Ok(());
        }
        let Some(mut members) = self.membership(&caller, place).await? else {
            let numbers = rows.iter().map(|row| row.number);
            return self.refuse(held, numbers, RowState::Refused, &ProblemCode::GroupNotFound.word()).await;
        };
        for part in rows.chunks(MEMBERS_AT_ONCE) {
            if self.must_stop(held).await? || self.wait_for_site(held, &site).await? {
                break;
            }
            members = self.send_part(held, place, part.to_vec(), members).await?;
            self.run_moved(held.run);
        }
        self.forget_site(&connection).await;
        Ok(())
    }

    /// Sends one part and ends its rows. Returns the members as read back, which is what the next part is compared with.
    async fn send_part(
        &self,
        held: &Held,
        place: Place,
        rows: Vec<RunRow>,
        members: Members,
    ) -> Result<Members, LetGo> {
        let caller = held.caller();
        let version = self.site_session(&caller, &place.site).await?.access.version();
        let found = rows.iter().map(|row| found(row, &members)).collect();
        let call = Call { way: Way::Members(place.site, place.group), rows };
        let Some((caller, call)) = self.ready(held, &caller, call, found).await? else { return Ok(members) };
        let many = call.rows.len() > 1 && version >= MANY_SINCE;
        if !many {
            return self.send_each(held, &caller, place, call.rows).await;
        }
        match self.change_many(&caller, place, &call.rows).await {
            Err(why) => {
                let numbers: Vec<u32> = call.rows.iter().map(|row| row.number).collect();
                self.not_sent(held, place.site, &numbers, why).await.map(|()| members)
            }
            Ok(Err(Said::Refused(code))) if !is_about_one(&code) => {
                let said = call.rows.into_iter().map(|row| (row, Said::Refused(code.clone())));
                self.end_part(held, &caller, place, said.collect()).await
            }
            Ok(Err(said)) => self.fall_back(held, &caller, place, call.rows, said).await,
            Ok(Ok(())) => {
                let said = call.rows.into_iter().map(|row| (row, Said::Done));
                self.end_part(held, &caller, place, said.collect()).await
            }
        }
    }

    /// After a call for many that was refused or whose answer was lost: whoever is where they should be is done, and the
    /// others are sent one by one. The members as read back prove that these were not carried out; and should a lost
    /// call still arrive late, it puts nobody into a group twice.
    async fn fall_back(
        &self,
        held: &Held,
        caller: &Caller,
        place: Place,
        rows: Vec<RunRow>,
        said: Said,
    ) -> Result<Members, LetGo> {
        let rows: Vec<(RunRow, Said)> = rows.into_iter().map(|row| (row, said.clone())).collect();
        let members = self.members_after(caller, place, &rows).await?;
        let (done, left): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(row, _)| found(row, &members).is_met);
        self.end_by(held, done, &members).await?;
        if left.is_empty() {
            return Ok(members);
        }
        let code = match said {
            Said::Refused(code) => code,
            Said::Done | Said::Lost => ProblemCode::FateUnknown.word(),
        };
        let numbers: Vec<u32> = left.iter().map(|(row, _)| row.number).collect();
        let now = crate::caller::clock();
        held.stored(self.0.store.back_to_waiting(held.run, held.fence, &numbers, &code, now).await)?;
        // Each is an attempt of its own, with an act of its own.
        let rows = left.into_iter().map(|(row, _)| row).collect();
        let call = Call { way: Way::Members(place.site, place.group), rows };
        // They were let through a moment ago, and count already.
        match self.write_down(held, caller, call, None).await? {
            Some(call) => self.send_each(held, caller, place, call.rows).await,
            None => Ok(members),
        }
    }

    /// Sends rows that are written down, each in a call of its own.
    async fn send_each(
        &self,
        held: &Held,
        caller: &Caller,
        place: Place,
        rows: Vec<RunRow>,
    ) -> Result<Members, LetGo> {
        let answers: Vec<(RunRow, Result<Said, NotSent>)> = stream::iter(rows)
            .map(|row| async move {
                let said = self.change_one(caller, place, &row).await;
                (row, said)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let (mut sent, mut not_sent) = (Vec::new(), Vec::new());
        for (row, answer) in answers {
            match answer {
                Ok(said) => sent.push((row, said)),
                Err(why) => not_sent.push((row.number, why)),
            }
        }
        let members = self.end_part(held, caller, place, sent).await?;
        let mut ended = Ok(());
        for (number, why) in not_sent {
            // Every row goes back, even when one of them says that the run cannot go on.
            let one = self.not_sent(held, place.site, &[number], why).await;
            ended = ended.and(one);
        }
        ended.map(|()| members)
    }

    /// Reads the members back and ends rows by what is true now.
    async fn end_part(
        &self,
        held: &Held,
        caller: &Caller,
        place: Place,
        rows: Vec<(RunRow, Said)>,
    ) -> Result<Members, LetGo> {
        let members = self.members_after(caller, place, &rows).await?;
        self.end_by(held, rows, &members).await?;
        Ok(members)
    }

    async fn end_by(&self, held: &Held, rows: Vec<(RunRow, Said)>, members: &Members) -> Result<(), LetGo> {
        let end = |(row, said): &(RunRow, Said)| {
            let found = found(row, members);
            site_end(row, said, found.now, found.is_met)
        };
        let ends: Vec<RowEnd> = rows.iter().map(end).collect();
        if !ends.is_empty() {
            held.stored(self.0.store.finish_rows(held.run, held.fence, &ends).await)?;
        }
        Ok(())
    }

    /// Rows about one group that an earlier worker sent: what reading back shows is true, the rest stays unknown.
    pub(super) async fn settle_members(
        &self,
        held: &Held,
        site: SiteId,
        group: GroupId,
        rows: Vec<RunRow>,
    ) -> Result<(), LetGo> {
        let caller = held.caller();
        let members = self.membership(&caller, Place { site, group }).await?.unwrap_or_default();
        self.end_by(held, rows.into_iter().map(|row| (row, Said::Lost)).collect(), &members).await
    }
}

/// Whether a refusal of a call for many may be about one of them only. A missing right, and a site or group that is gone,
/// are about all.
fn is_about_one(code: &str) -> bool {
    let of_rights = ["401", "403", "405"].iter().any(|status| code.starts_with(status));
    !of_rights && !matches!(code, "404000" | "404003" | "404012")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_for_all_is_not_tried_one_by_one() {
        for code in ["403004", "404012", "404000", "405000"] {
            assert!(!is_about_one(code), "{code}");
        }
        for code in ["404002", "409011", "400000", "400032"] {
            assert!(is_about_one(code), "{code}");
        }
    }
}
