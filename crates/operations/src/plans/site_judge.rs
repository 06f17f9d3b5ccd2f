//! The verdict on one row for the plane of a site, by rules that do not depend on other rows.

use model::{
    allows,
    groups::Group,
    plan::{OnSite, SiteWish, Verdict, Weight, Why},
    roles::{SignInType, SiteRole},
    site_plane::GroupLock,
    site_users::SiteUser,
    sites::SiteStatus,
};

use super::{judge::is_address, site_now::SiteNow};

/// What a row says before other rows are looked at.
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) why: Vec<Why>,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) note: String,
}

impl Judged {
    /// A row that cannot be read, for these reasons and in the words of its file.
    pub(super) fn unreadable(troubles: Vec<Why>, said: String) -> Self {
        let mut why = troubles;
        why.push(Why::Unreadable);
        why.sort_unstable();
        why.dedup();
        Self { verdict: Verdict::Refused, why, before: String::new(), after: said, note: String::new() }
    }
}

/// Judges one wish.
pub(super) fn judge(wish: &OnSite, user: Option<&SiteUser>, user_name: &str, now: &SiteNow) -> Judged {
    let state = now.state(wish, user);
    let is_met = wish.is_met_by(state);
    let (mut why, mut note) = (Vec::new(), String::new());
    check_site(wish, now, &mut why);
    check_words(&wish.change, &mut why);
    match user {
        None => check_stranger(wish, user_name, now, &mut why),
        Some(user) if user.site_role == SiteRole::SupportUser => why.push(Why::SupportUser),
        Some(user) if !is_met => {
            check_touched(wish, user, now, &mut why);
            note = match &wish.change {
                SiteWish::Role { role } => check_role(user, role, now, &mut why),
                SiteWish::Place { role, .. } if *role != user.site_role => {
                    check_role(user, role, now, &mut why)
                }
                SiteWish::Join { group, .. } => check_join(user, now.groups.get(group), &mut why),
                _ => String::new(),
            };
        }
        Some(_) => {}
    }
    why.sort_unstable();
    why.dedup();
    let before = wish.now(state);
    Judged {
        verdict: verdict(&wish.change, user, is_met, &why),
        after: if is_met { before.clone() } else { wish.goal() },
        before,
        why,
        note,
    }
}

/// The heaviest reason decides; without one, the comparison.
fn verdict(wish: &SiteWish, user: Option<&SiteUser>, is_met: bool, why: &[Why]) -> Verdict {
    match why.iter().map(|why| why.weight()).max() {
        Some(Weight::Refusal) => Verdict::Refused,
        // What is so already is nothing to do, however dangerous it would be.
        _ if is_met => Verdict::Nothing,
        Some(Weight::Danger) => Verdict::Dangerous,
        _ if matches!(wish, SiteWish::Add { .. }) => Verdict::Create,
        _ if matches!(wish, SiteWish::Place { .. }) && user.is_none() => Verdict::Create,
        _ => Verdict::Change,
    }
}

fn check_site(wish: &OnSite, now: &SiteNow, why: &mut Vec<Why>) {
    match now.sites.get(&wish.site) {
        None => why.push(Why::NoSuchSite),
        Some(site) if site.status != SiteStatus::Active => why.push(Why::SiteNotActive),
        Some(_) => {}
    }
    if let Some((group, _)) = wish.change.group() {
        match now.groups.get(group).map(GroupLock::of) {
            None => why.push(Why::NoSuchGroup),
            Some(Some(GroupLock::AllUsers)) => why.push(Why::AllUsersGroup),
            Some(Some(GroupLock::Directory)) => why.push(Why::DirectoryGroup),
            Some(None) => {}
        }
    }
    if !wish.change.permissions().iter().all(|permission| allows(&now.grants, *permission)) {
        why.push(Why::NotAllowed);
    }
}

fn check_words(wish: &SiteWish, why: &mut Vec<Why>) {
    if let Some(role) = wish.role()
        && !SiteRole::ASSIGNABLE.contains(role)
    {
        why.push(if *role == SiteRole::SupportUser { Why::SupportUser } else { Why::UnknownRole });
    }
    if matches!(wish.sign_in(), Some(SignInType::Other(_))) {
        why.push(Why::UnknownSignIn);
    }
}

/// Somebody who is not on the site.
fn check_stranger(wish: &OnSite, user_name: &str, now: &SiteNow, why: &mut Vec<Why>) {
    let person = now.person(user_name);
    match (&wish.change, person) {
        (SiteWish::Add { .. } | SiteWish::Place { .. }, _) if !is_address(user_name) => {
            why.push(Why::NotAnAddress)
        }
        (SiteWish::Add { .. } | SiteWish::Place { .. }, None) => why.push(Why::Invites),
        (SiteWish::Add { .. } | SiteWish::Place { .. }, Some(person))
            if now.protected.contains(&person.id) =>
        {
            why.push(Why::Protected)
        }
        // Who is not on the site cannot leave it any more.
        (SiteWish::Add { .. } | SiteWish::Place { .. } | SiteWish::Remove { .. }, Some(_)) => {}
        (_, Some(_)) => why.push(Why::NotOnSite),
        (_, None) => why.push(Why::NoSuchPerson),
    }
}

/// What holds for every change of somebody who is there: oneself, the protected, administrators.
fn check_touched(wish: &OnSite, user: &SiteUser, now: &SiteNow, why: &mut Vec<Why>) {
    let person = now.person(&user.name);
    let is_you = user.id == now.you_here || person.is_some_and(|person| now.you.contains(&person.id));
    if is_you {
        why.push(match &wish.change {
            // Vendor: Update User, 403009.
            SiteWish::Role { .. } => Why::OwnRole,
            SiteWish::Place { role, .. } if *role != user.site_role => Why::OwnRole,
            SiteWish::Remove { .. } => Why::Yourself,
            _ => Why::TouchesYou,
        });
    }
    if person.is_some_and(|person| now.protected.contains(&person.id)) {
        why.push(Why::Protected);
    }
    match &wish.change {
        SiteWish::Add { .. } => why.push(Why::AlreadyOnSite),
        SiteWish::Remove { assets_to } => {
            why.push(if assets_to.is_some() { Why::HandsOver } else { Why::MayOwnContentHere });
            if assets_to.as_ref().is_some_and(|heir| heir.user == user.id) {
                why.push(Why::Heir);
            }
            if user.site_role.administers() {
                why.push(Why::DemotesSiteAdministrator);
            }
        }
        _ => {}
    }
}

/// What lowering a role meets: administrators, and groups that hold the role up. Names those groups.
fn check_role(user: &SiteUser, role: &SiteRole, now: &SiteNow, why: &mut Vec<Why>) -> String {
    if user.site_role.administers() && !role.administers() {
        why.push(Why::DemotesSiteAdministrator);
    }
    let holding = now.held_above(&user.id, role);
    if holding.is_empty() {
        return String::new();
    }
    // Vendor: Update User, 400012. Only taking the licence is refused; a lower role is raised again at the next
    // sign-in.
    why.push(if *role == SiteRole::Unlicensed { Why::HeldByGroup } else { Why::LowersRole });
    let mut names: Vec<&str> = holding.into_iter().map(|group| group.name.as_str()).collect();
    names.sort_unstable();
    names.join(", ")
}

/// What joining a group gives: a minimum role above the role there is. Names that role.
fn check_join(user: &SiteUser, group: Option<&Group>, why: &mut Vec<Why>) -> String {
    let Some(minimum) = group.and_then(|group| group.minimum_role.as_ref()) else { return String::new() };
    if minimum.rank() <= user.site_role.rank() {
        return String::new();
    }
    why.push(Why::GrantsRole);
    format!("at least {}", minimum.words())
}
