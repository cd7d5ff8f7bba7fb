\set f random(1, 5000)
\set t random(5001, 10000)
select f_post(gen_random_uuid(), :f, :t, 1);
