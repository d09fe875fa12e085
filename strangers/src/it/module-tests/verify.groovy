// Built, it runs and prints what it should.
evaluate(new File(sources, 'run.groovy'))
assert new File(basedir, 'target/surefire-reports/TEST-com.example.LinearTest.xml').text.contains('tests="1"')
