\set f random(1, 5000)
select f_post(gen_random_uuid(), :f, 5001, 1);
