//! Changes of people as jobs of the pretend vendor: handed in, carried out, read back.

use std::io::Write;
use std::time::Duration;

use flate2::{Compression, write::GzEncoder};
use model::{
    JobId, SiteId, UserId,
    jobs::JobStatus,
    people::Person,
    roles::{SignInType, SiteRole},
};
use simulator::JobFate;
use tableau::{
    Accepted, DeltaOp, Error, Fate, Import, NewPerson, NewPlace, PersonDelta, PlaceDelta, Unreadable,
};

use crate::people_changes::every_change;
use crate::vendor::Vendor;

fn sites(vendor: &Vendor) -> Vec<SiteId> {
    let active = vendor.world().sites().into_iter().filter(|site| site.status == "Active");
    active.map(|site| SiteId::parse(&site.id).unwrap()).collect()
}

/// Lets time pass until the job is over, and asks for it.
async fn end(vendor: &Vendor, accepted: Accepted) -> JobId {
    let id = accepted.job.unwrap();
    vendor.world().advance(Duration::from_secs(600));
    let job = vendor.reader().job(&id).await.unwrap().unwrap();
    assert_eq!((&job.status, job.failed), (&JobStatus::Successful, 0), "{job:?}");
    id
}

async fn read(vendor: &Vendor, user: UserId) -> Person {
    vendor.reader().person(&user).await.unwrap().unwrap()
}

/// Somebody who was created with a role on one site.
async fn newcomer(vendor: &Vendor) -> (UserId, SiteId) {
    let site = sites(vendor)[0];
    let place = NewPlace { site, role: SiteRole::Unlicensed, sign_in: None, notify: Some(false) };
    let person = NewPerson {
        user_name: "newcomer@example.com".to_owned(),
        language: Some("DE_DE".to_owned()),
        places: vec![place],
        ..NewPerson::default()
    };
    let accepted = vendor.changer().create_person(&person).await.unwrap();
    end(vendor, accepted).await;
    (accepted.user.unwrap(), site)
}

#[tokio::test]
async fn a_created_person_is_there_when_the_job_is_over() {
    let vendor = Vendor::start().await;
    let (user, site) = newcomer(&vendor).await;
    let person = read(&vendor, user).await;
    assert_eq!((person.user_name.as_str(), person.language.as_str()), ("newcomer@example.com", "DE_DE"));
    assert_eq!(person.place(&site).unwrap().role, SiteRole::Unlicensed);
}

#[tokio::test]
async fn an_update_leaves_alone_what_it_does_not_name() {
    let vendor = Vendor::start().await;
    let (user, first) = newcomer(&vendor).await;
    let second = sites(&vendor)[1];
    let add = PlaceDelta { site: second, op: DeltaOp::Add, role: Some(SiteRole::Unlicensed), sign_in: None };
    let delta = PersonDelta {
        locale: Some("de_AT".to_owned()),
        tenant_role: Some((DeltaOp::Add, None)),
        places: vec![add],
        ..PersonDelta::default()
    };
    end(&vendor, vendor.changer().update_person(&user, &delta).await.unwrap()).await;
    let person = read(&vendor, user).await;
    assert_eq!((person.language.as_str(), person.locale.as_str()), ("DE_DE", "de_AT"));
    assert!(person.place(&first).is_some() && person.place(&second).is_some());
    assert_eq!(person.administration().unwrap().status, "INVITED");
    let leave = PlaceDelta { site: first, op: DeltaOp::Delete, role: None, sign_in: None };
    let delta = PersonDelta {
        tenant_role: Some((DeltaOp::Delete, None)),
        places: vec![leave],
        ..PersonDelta::default()
    };
    end(&vendor, vendor.changer().update_person(&user, &delta).await.unwrap()).await;
    let person = read(&vendor, user).await;
    assert!(person.place(&first).is_none() && person.place(&second).is_some());
    assert_eq!(person.administration(), None);
}

#[tokio::test]
async fn deleted_people_are_gone_when_the_job_is_over() {
    let vendor = Vendor::start().await;
    let (user, _) = newcomer(&vendor).await;
    end(&vendor, vendor.changer().delete_person(&user).await.unwrap()).await;
    assert_eq!(vendor.reader().person(&user).await.unwrap(), None);
    let names = ["one@example.com", "two@example.com"];
    let users = names.map(|name| {
        assert!(vendor.world().add_person(name, name));
        UserId::parse(&vendor.world().person(name).unwrap().id).unwrap()
    });
    end(&vendor, vendor.changer().delete_people(&users).await.unwrap()).await;
    assert_eq!(vendor.reader().people_by_id(&users).await.unwrap(), []);
}

#[tokio::test]
async fn a_file_of_people_is_taken_in() {
    let vendor = Vendor::start().await;
    let site = sites(&vendor)[0];
    let csv = "\u{feff},filed@example.com,,Filed,Unlicensed,None,0,,\n";
    let address = vendor.world().sites().into_iter().find(|fact| fact.id == site.to_string()).unwrap();
    let csv = csv.replacen(',', &format!("{},", address.content_url), 1);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(csv.as_bytes()).unwrap();
    let import = Import {
        file_name: "people.csv.gz".to_owned(),
        csv_gz: gzip.finish().unwrap().into(),
        site: Some(site),
        sign_in: SignInType::Default,
    };
    let job = end(&vendor, vendor.changer().import_people(&import).await.unwrap()).await;
    let kept = vendor.world().imports().remove(0);
    assert_eq!((kept.csv, kept.site, kept.idp.as_deref()), (csv, Some(site.to_string()), Some("DEFAULT")));
    let (items, _) = vendor.reader().job_items(&job, None).await.unwrap().unwrap();
    assert_eq!(items[0].user_name.as_deref(), Some("filed@example.com"));
    assert!(vendor.world().person("filed@example.com").is_some());
}

#[tokio::test]
async fn a_second_change_of_a_person_has_to_wait_for_the_first() {
    let vendor = Vendor::start().await;
    let (user, _) = newcomer(&vendor).await;
    vendor.world().set_job_fate(JobFate::NeverEnds);
    let delta = PersonDelta { locale: Some("fr_FR".to_owned()), ..PersonDelta::default() };
    let first = vendor.changer().update_person(&user, &delta).await.unwrap();
    let error = vendor.changer().delete_person(&user).await.unwrap_err();
    assert_eq!(error.fate(), Fate::Refused);
    let Error::Conflict { jobs, .. } = error else { panic!("{error:?}") };
    assert_eq!(jobs, Vec::from_iter(first.job));
}

#[tokio::test]
async fn a_change_is_refused_to_an_ended_session_and_unreadable_as_a_web_page() {
    let vendor = Vendor::start().await;
    vendor.inject(simulator::Fault::new(simulator::FaultKind::Html));
    for (name, outcome) in every_change(&vendor.changer()).await {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Garbled { source: Unreadable::WebPage }), "{name}: {error:?}");
    }
    vendor.world().clear_faults();
    vendor.world().expire_sessions();
    for (name, outcome) in every_change(&vendor.changer()).await {
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::SessionEnded { words: Some(_) }), "{name}: {error:?}");
    }
    assert_eq!(vendor.world().changes(), []);
}
