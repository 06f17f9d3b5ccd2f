//! Many people by one file: imported, or removed.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use uuid::Uuid;

use crate::rest::answer::{SiteRefusal, xml};
use crate::rest::caller::Administrator;
use crate::rest::element::Element;
use crate::rest::parts::Parts;
use crate::rest::reading::Asked;
use crate::rest::sites::configured;
use crate::world::clock::Stamp;
use crate::world::facts::ImportFacts;
use crate::world::import_file::{Orders, SignInWays};
use crate::world::jobs::Row;
use crate::world::orders::{Order, Submission};
use crate::world::settings::JobFate;
use crate::world::site_jobs::SiteTold;
use crate::world::words::Idp;
use crate::world::{State as Kept, World};

/// Vendor: Users and Groups Methods, "Import Users to Site from CSV".
///
/// Whether a bad file is refused at once or fails its job is not documented. Here an empty one is refused,
/// and one that cannot be read fails its job. The page does not show where `isVerbose` goes; here into the
/// query.
pub(in crate::rest) async fn import(
    State(world): State<World>,
    caller: Administrator,
    parts: Parts,
) -> Result<Response, SiteRefusal> {
    caller.since(3, 15)?;
    let file = file(&parts, "tableau_user_import")?;
    let ways = ways(&caller, &Asked::read(parts.find("request_payload")?)?)?;
    let verbose = match caller.asked("isVerbose").filter(|_| caller.version >= (3, 22)) {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(SiteRefusal::bad("isVerbose is true or false.")),
    };
    let now = world.now();
    let job = world.change(|state| {
        let (site, csv) = (Some(caller.site_id.to_string()), String::from_utf8_lossy(file).into_owned());
        let idp = Some(ways.default.clone()).filter(|way| !way.is_empty());
        state.keep_import(ImportFacts { site, idp, csv });
        let read = Orders::read_for_site(file, caller.site_id, &ways, state);
        let told = SiteTold { verbose, ..SiteTold::of("UserImport") };
        order(state, &caller, "UserImport", read, told)
    });
    // Vendor: the sample shows this finishCode, which means a failure, at a progress of 0.
    let answer = begun(job, "UserImport").with("createdAt", Stamp(now)).with("finishCode", 1);
    Ok(xml(StatusCode::CREATED, [answer]))
}

/// Vendor: Users and Groups Methods, "Delete Users from Site with CSV". The job that it speaks of has no id.
pub(in crate::rest) async fn delete(
    State(world): State<World>,
    caller: Administrator,
    parts: Parts,
) -> Result<StatusCode, SiteRefusal> {
    caller.since(3, 15)?;
    let file = file(&parts, "tableau_user_delete")?;
    world.change(|state| {
        let read = Orders::read_departures(file, caller.site_id, state);
        let rows = read.map_err(|_| SiteRefusal::bad_request())?;
        order(state, &caller, "UserDelete", Ok(rows), SiteTold::hidden());
        Ok(StatusCode::NO_CONTENT)
    })
}

fn file<'form>(parts: &'form Parts, name: &str) -> Result<&'form Bytes, SiteRefusal> {
    let file = parts.find(name)?;
    if file.is_empty() { Err(SiteRefusal::bad_request()) } else { Ok(file) }
}

/// The job of a file: of its lines, or of one row that says why it could not be read.
fn order(
    state: &mut Kept,
    caller: &Administrator,
    operation: &'static str,
    read: Result<Orders, &'static str>,
    told: SiteTold,
) -> Uuid {
    let (rows, skipped_lines, fate) = match read {
        Ok(Orders { rows, skipped }) => (rows, skipped, None),
        Err(code) => {
            let row = (Row::asking("CREATE_USER_SITE_ROLE"), Order::Refuse(code));
            (vec![row], 0, Some(JobFate::Fails { after: 0, code: Some(code.to_owned()) }))
        }
    };
    let submission = Submission::new(operation, caller.session.owner, rows);
    let submission = Submission { site: Some(caller.site_id), skipped_lines, fate, ..submission };
    let now = state.now;
    state.take_in(submission, Some(told), now)
}

/// A job that has just begun.
pub(in crate::rest) fn begun(job: Uuid, kind: &str) -> Element {
    Element::new("job").with("id", job).with("mode", "Asynchronous").with("type", kind).with("progress", 0)
}

/// What the payload says of signing in. Vendor: it must hold a user, if only an empty one.
fn ways(caller: &Administrator, payload: &Asked) -> Result<SignInWays, SiteRefusal> {
    payload.element("user")?;
    let mut ways = SignInWays::default();
    for user in payload.each("user") {
        let way = match (user.attribute("authSetting"), user.attribute("idpConfigurationId")) {
            (Some(_), Some(_)) => return Err(SiteRefusal::bad_request()),
            (Some(word), None) => {
                Idp::in_file(word).ok_or_else(SiteRefusal::bad_request)?;
                word
            }
            (None, Some(id)) => configured(caller.site_id, id).ok_or_else(SiteRefusal::bad_request)?,
            (None, None) => continue,
        };
        match user.attribute("name") {
            Some(name) => drop(ways.named.insert(name.to_lowercase(), way.to_owned())),
            None => way.clone_into(&mut ways.default),
        }
    }
    Ok(ways)
}
