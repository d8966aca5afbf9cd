"""Names to make people of; none of them is anyone's in particular."""

FIRST = (
    "Aaron Abigail Alicia Amos Andre Angela Bernice Brandon Caleb Camille Cedric Charlotte Clayton Corinne Damon"
    " Dana Deborah Delia Desmond Dwight Eleanor Elias Ernesto Esther Faith Felix Fiona Gabriel Gloria Grant Hannah"
    " Hector Hollis Imani Isaac Jada Jasper Joanna Jolene Julian Keisha Kendrick Lamar Latoya Leland Lorena Luther"
    " Mabel Malik Marisol Maxine Micah Naomi Nathan Noelle Odessa Omar Opal Patrice Percy Quentin Rachel Ramona"
    " Reuben Rosa Roscoe Ruth Selena Silas Simone Stuart Sylvia Tamika Theo Thelma Tobias Ursula Vera Vernon Virgil"
    " Wanda Wesley Willa Xavier Yolanda Zachary"
).split()
LAST = (
    "Abbott Alvarez Archer Banks Barlow Beasley Bledsoe Bonner Boone Bratton Briggs Cantrell Carver Castillo"
    " Chandler Cobb Coleman Crowder Dalton Dawson Delaney Dillard Dunlap Eason Echols Ellison Escobar Faulk Fields"
    " Fontaine Fuller Gaines Garrison Gentry Gibbs Goodwin Grady Hadley Hale Harkins Hatcher Hendrix Hobbs Holloway"
    " Hudson Ingram Irby Jacobs Jarrett Keller Kemp Kirkland Lacy Langley Ledbetter Lyons Maddox Mayfield McCoy"
    " Mercer Monroe Montoya Nash Neal Norwood Ocampo Oakley Pace Parrish Pennington Pickett Pruitt Quinn Ramos"
    " Rankin Redd Rhodes Sanders Sawyer Shelton Sims Slater Stokes Talley Teague Thorne Upton Vance Vasquez Walls"
    " Weaver Whitlow Womack Yates Yoder"
).split()
