// Built, it runs and prints what it should.
evaluate(new File(sources, 'run.groovy'))
